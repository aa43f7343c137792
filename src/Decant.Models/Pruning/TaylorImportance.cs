using Decant.Models.Bert;
using Decant.Torch;

namespace Decant.Models.Pruning;

/// <summary>
/// Adds up what each batch says about heads and neurons, to first order of a Taylor expansion: a weight's score is |w · ∂L/∂w|; a head's is the
/// sum over its columns of the attention's output matrix, a neuron's that over its row of the first and its column of the second feed-forward
/// matrix (ROSITA, Liu et al. 2021, and Marginal Utility Diminishes).
/// </summary>
public sealed class TaylorImportance : IDisposable
{
    private readonly BertConfig config;
    private readonly ImportanceRule rule;
    private readonly BertClassifier model;
    private readonly List<(Tensor Weight, Tensor Sum)> attention = [], inner = [], outer = [];

    /// <summary>Begins with nothing added. The other parameters of the model no longer ask for gradients: they are not needed.</summary>
    /// <param name="model">The model that is measured; its weights must not change meanwhile.</param>
    /// <param name="rule">How batches are added up.</param>
    public TaylorImportance(BertClassifier model, ImportanceRule rule = ImportanceRule.Absolute)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, this.rule, config) = (model, rule, model.Config);
        model.RequireGrad(false);
        Dictionary<string, Tensor> parameters = model.NamedParameters().ToDictionary(p => p.Name, p => p.Tensor);
        for (int l = 0; l < config.Layers; l++)
        {
            attention.Add(Watch(parameters[$"bert.encoder.layer.{l}.attention.output.dense.weight"]));
            inner.Add(Watch(parameters[$"bert.encoder.layer.{l}.intermediate.dense.weight"]));
            outer.Add(Watch(parameters[$"bert.encoder.layer.{l}.output.dense.weight"]));
        }
    }

    /// <summary>Adds the gradients that a backward pass left, and clears them.</summary>
    public void Add()
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        foreach ((Tensor weight, Tensor sum) in All)
        {
            if (weight.Grad is not { } gradient) continue;
            sum.AddInPlace(rule == ImportanceRule.Absolute ? gradient.Abs() : gradient);
            weight.Grad = null;
        }
    }

    /// <summary>The scores so far.</summary>
    public ImportanceScores Scores()
    {
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        var heads = new List<double[]>();
        var neurons = new List<double[]>();
        for (int l = 0; l < config.Layers; l++)
        {
            heads.Add(Score(attention[l]).Sum(0).Reshape(config.HeadsOf(l), config.HeadSize).Sum(1).ToArray<double>());
            neurons.Add((Score(inner[l]).Sum(1) + Score(outer[l]).Sum(0)).ToArray<double>());
        }
        return new ImportanceScores(heads, neurons);
    }

    /// <summary>Frees the sums, and lets all parameters of the model ask for gradients again.</summary>
    public void Dispose()
    {
        foreach ((Tensor weight, Tensor sum) in All)
        {
            weight.Grad = null;
            sum.Dispose();
        }
        model.RequireGrad(true);
    }

    private IEnumerable<(Tensor Weight, Tensor Sum)> All => attention.Concat(inner).Concat(outer);

    private static Tensor Score((Tensor Weight, Tensor Sum) term) => (term.Weight * term.Sum).Abs();

    private static (Tensor Weight, Tensor Sum) Watch(Tensor weight)
    {
        weight.RequiresGrad = true;
        return (weight, TensorScope.Release(Tensor.Zeros(weight.Shape, weight.DType, weight.Device)));
    }
}
