using Decant.Models;
using Decant.Models.Bert;
using Decant.Models.FastBert;
using Decant.Torch;

namespace Decant.Tests;

/// <summary>The FastBERT golden under our names: weights of the released code, which builds on UER.</summary>
internal sealed class FastBertGolden : IDisposable
{
    private static readonly (string Ours, string Theirs)[] names =
    [
        ("bert.embeddings.word_embeddings", "embedding.word_embedding"), ("bert.embeddings.position_embeddings", "embedding.position_embedding"),
        ("bert.embeddings.token_type_embeddings", "embedding.segment_embedding"), ("bert.embeddings.LayerNorm", "embedding.layer_norm"),
        ("bert.encoder.layer.", "encoder.transformer."), ("attention.self.query", "self_attn.linear_layers.0"), ("attention.self.key", "self_attn.linear_layers.1"),
        ("attention.self.value", "self_attn.linear_layers.2"), ("attention.output.dense", "self_attn.final_linear"), ("attention.output.LayerNorm", "layer_norm_1"),
        ("intermediate.dense", "feed_forward.linear_1"), ("output.dense", "feed_forward.linear_2"), ("output.LayerNorm", "layer_norm_2"),
        ("branches.", "classifiers."), ("attention.query", "self_atten.linear_layers.0"), ("attention.key", "self_atten.linear_layers.1"),
        ("attention.value", "self_atten.linear_layers.2"), ("attention.output", "self_atten.final_linear"),
        (".narrow.", ".output_layer_0."), (".dense.", ".output_layer_1."), (".classifier.", ".output_layer_2."),
    ];

    private FastBertGolden() => Golden = Golden.Open("fastbert");

    public Golden Golden { get; }
    public int Layers => Golden.Settings.GetProperty("L").GetInt32();

    public static FastBertGolden Open() => new();

    public FastBertClassifier Model()
    {
        int Size(string name) => Golden.Settings.GetProperty(name).GetInt32();
        var config = new BertConfig
        {
            VocabSize = Size("V"), HiddenSize = Size("H"), Layers = Layers, Heads = Size("A"), IntermediateSize = Size("F"), MaxPositions = Size("T"),
            TypeVocabSize = 3, LayerNorm = LayerNormKind.Unbiased, LayerNormEpsilon = 1e-6,
        };
        var model = new FastBertClassifier(config, new BranchShape(Size("classifier_hidden"), Size("classifier_heads")), Size("N"), Initializer.Empty);
        using var scope = new TensorScope();
        using GradMode.Restore _ = GradMode.Off();
        foreach ((string name, Tensor tensor) in model.NamedParameters())
        {
            Tensor value = Golden["w." + Theirs(name)];
            Assert.Equal(tensor.Shape, value.Shape);
            tensor.CopyFrom(value);
        }
        return model;
    }

    public ModelInput Input()
    {
        int[] lengths = [.. Golden.Settings.GetProperty("lens").EnumerateArray().Select(e => e.GetInt32())];
        return ModelInput.Create(Golden.Ints("in.input_ids"), Golden.Ints("in.segments"), lengths);
    }

    /// <summary>Compares every gradient that the golden has under a prefix; gives their number.</summary>
    public int CompareGradients(FastBertClassifier model, string prefix)
    {
        int compared = 0;
        foreach ((string name, Tensor tensor) in model.NamedParameters())
        {
            // The true gradient of a key bias is zero; what is recorded is rounding noise.
            if (name.EndsWith("key.bias", StringComparison.Ordinal) || !Golden.Has(prefix + Theirs(name))) continue;
            Golden.AssertGradient(prefix + Theirs(name), tensor.Grad!);
            compared++;
        }
        return compared;
    }

    public void Dispose() => Golden.Dispose();

    private static string Theirs(string name)
    {
        foreach ((string ours, string theirs) in names) name = name.Replace(ours, theirs, StringComparison.Ordinal);
        return name.Contains("layer_norm", StringComparison.Ordinal)
            ? name.Replace(".weight", ".gamma", StringComparison.Ordinal).Replace(".bias", ".beta", StringComparison.Ordinal) : name;
    }
}
