namespace Decant.Torch.Optim;

/// <summary>What Adam and its relatives have in common.</summary>
public record AdamOptions
{
    /// <summary>Decay of the first moment, in [0, 1). Default 0.9.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment, in [0, 1). Default 0.999.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment, above 0. Default 1e-6 (official BERT) for BertAdam; AdamW in PyTorch uses 1e-8.</summary>
    public double Epsilon { get; init; } = 1e-6;

    /// <summary>Decoupled weight decay, multiplied by the learning rate; from 0. Default 0.01 (official BERT).</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest L2 norm of the gradients; 0 does not clip. Default 1.</summary>
    public double MaxGradNorm { get; init; } = 1.0;

    /// <summary>Whether the norm is taken for each tensor by itself (official BertAdam) or over all together.</summary>
    public ClipMode ClipMode { get; init; } = ClipMode.PerTensor;

    /// <summary>Whether the moments are divided by 1 − βᵗ (Adam) or not (BertAdam). Default false.</summary>
    public bool BiasCorrection { get; init; }

    /// <summary>Decides which parameters decay, by name. Default: all but biases and layer norms, as in the official code.</summary>
    public Func<string, bool> Decays { get; init; } = static name =>
        !name.EndsWith("bias", StringComparison.Ordinal) && !name.Contains("LayerNorm", StringComparison.Ordinal);

    /// <summary>The official BertAdam: per-tensor clipping, no bias correction, ε 1e-6, decay 0.01.</summary>
    public static AdamOptions BertAdam { get; } = new();

    /// <summary>PyTorch's AdamW with clipping by the global norm: bias correction, ε 1e-8, decay 0.01.</summary>
    public static AdamOptions AdamW { get; } = new() { Epsilon = 1e-8, ClipMode = ClipMode.Global, BiasCorrection = true };
}

/// <summary>Over what the norm of the gradients is taken before it is cut.</summary>
public enum ClipMode
{
    /// <summary>Each parameter tensor by itself, as the official BertAdam does.</summary>
    PerTensor,
    /// <summary>All parameters together, as <c>torch.nn.utils.clip_grad_norm_</c> does.</summary>
    Global,
}
