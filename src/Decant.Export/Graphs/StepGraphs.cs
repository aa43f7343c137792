using Decant.Export.Onnx;
using Decant.Export.Running;
using Decant.Models.Checkpoints;
using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>
/// A FastBERT as a graph for the embeddings and one for each layer, so that other programs can leave early: after each layer they
/// look at its uncertainty, and go on with the rows that are not sure yet.
/// </summary>
internal static class StepGraphs
{
    private const string Batch = "batch_size", Tokens = "sequence_length";

    /// <summary>The states that go into a layer.</summary>
    public const string Hidden = "hidden_states";

    /// <summary>The states that a layer hands to the next.</summary>
    public const string Next = "next_hidden_states";

    /// <summary><c>input_ids</c> and <c>token_type_ids</c> → <c>next_hidden_states</c>.</summary>
    public static OnnxModel Embeddings(ExportableModel model, OnnxExportOptions options)
    {
        var graph = new GraphBuilder($"{ModelKinds.Name(model.Kind)}.embeddings");
        Value ids = graph.Input(OnnxInputs.Ids, DType.Int64, Batch, Tokens), types = graph.Input(OnnxInputs.Types, DType.Int64, Batch, Tokens);
        Value hidden = new BertGraph(graph, ModelGraph.WeightsOf(model, options), model.Config).Embed(ids, types, Batch);
        graph.Output(Next, graph.Cast(hidden, DType.Float32), Batch, Tokens, model.Config.HiddenSize);
        return graph.Build(Facts(model, options, 0));
    }

    /// <summary><c>hidden_states</c> and <c>attention_mask</c> → <c>logits</c>, <c>uncertainty</c> and, but for the last layer, <c>next_hidden_states</c>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How its weights are written.</param>
    /// <param name="layer">From 1.</param>
    public static OnnxModel Layer(ExportableModel model, OnnxExportOptions options, int layer)
    {
        var graph = new GraphBuilder($"{ModelKinds.Name(model.Kind)}.layer.{layer}");
        IWeights weights = ModelGraph.WeightsOf(model, options);
        var bert = new BertGraph(graph, weights, model.Config);
        var branch = new BranchGraph(graph, weights, model.Directory.Branches!);
        Value before = graph.Input(Hidden, DType.Float32, Batch, Tokens, model.Config.HiddenSize);
        Value mask = bert.Mask(graph.Input(OnnxInputs.Mask, DType.Int64, Batch, Tokens));
        Value hidden = bert.Layer(layer, graph.Cast(before, weights.Compute), mask, clsOnly: false);
        Value logits = graph.Cast(branch.Answer(layer, hidden, mask), DType.Float32);
        graph.Output("logits", logits, Batch, model.Outputs);
        graph.Output("uncertainty", branch.Uncertainty(logits, model.Outputs), Batch);
        if (layer < model.Config.Layers) graph.Output(Next, graph.Cast(hidden, DType.Float32), Batch, Tokens, model.Config.HiddenSize);
        return graph.Build(Facts(model, options, layer));
    }

    private static Dictionary<string, string> Facts(ExportableModel model, OnnxExportOptions options, int layer)
    {
        Dictionary<string, string> facts = ModelGraph.Metadata(model, options);
        facts["layer"] = $"{layer}";
        facts["layers"] = $"{model.Config.Layers}";
        return facts;
    }
}
