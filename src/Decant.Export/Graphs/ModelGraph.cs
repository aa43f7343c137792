using System.Text.Encodings.Web;
using System.Text.Json;
using Decant.Export.Onnx;
using Decant.Export.Running;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>A whole model as a graph: inputs, encoder, head, outputs, and what a reader wants to know of it.</summary>
internal static class ModelGraph
{
    private const string Batch = "batch_size", Choices = "num_choices", Rows = "batch_times_choices", Tokens = "sequence_length";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the graph. Weights are read when it is written.</summary>
    public static OnnxModel Of(ExportableModel model, OnnxExportOptions options)
    {
        var graph = new GraphBuilder(ModelKinds.Name(model.Kind));
        IWeights weights = WeightsOf(model, options);
        var bert = new BertGraph(graph, weights, model.Config);
        switch (model.Kind)
        {
            case ModelKind.Encoder: Encoder(graph, bert, model); break;
            case ModelKind.MaskedLm: MaskedLm(graph, bert, weights, model); break;
            case ModelKind.FastBert: FastBert(graph, bert, weights, model); break;
            case ModelKind.MultipleChoice: MultipleChoice(graph, bert, weights, model); break;
            default: Classifier(graph, bert, weights, model); break;
        }
        return graph.Build(Metadata(model, options));
    }

    /// <summary>The weights in the precision that is asked for; one for each graph.</summary>
    public static IWeights WeightsOf(ExportableModel model, OnnxExportOptions options) => options.Precision switch
    {
        ExportPrecision.Float32 => new FloatWeights(model.Parameters, DType.Float32),
        ExportPrecision.Float16 => new FloatWeights(model.Parameters, DType.Float16),
        _ => new QuantizedWeights(model.Parameters, options.WeightBits),
    };

    private static void Classifier(GraphBuilder graph, BertGraph bert, IWeights weights, ExportableModel model)
    {
        var (ids, mask, types) = Inputs(graph, Batch, Tokens);
        Value logits = Logits(graph, bert, weights, model, ids, mask, types, Batch);
        graph.Output("logits", logits, Batch, model.Outputs);
    }

    // [batch, choices, tokens] → one sequence a row, and back to a row an example.
    private static void MultipleChoice(GraphBuilder graph, BertGraph bert, IWeights weights, ExportableModel model)
    {
        var (ids, mask, types) = Inputs(graph, Batch, Choices, Tokens);
        Value sizes = graph.Shape(ids);
        Value rows = graph.Concat(0, graph.Integers(-1), graph.Slice(sizes, graph.Integers(2), graph.Integers(3), 0));
        Value logits = Logits(graph, bert, weights, model, graph.Reshape(ids, rows), graph.Reshape(mask, rows), graph.Reshape(types, rows), Rows);
        graph.Output("logits", graph.Reshape(logits, graph.Slice(sizes, graph.Integers(0), graph.Integers(2), 0)), Batch, Choices);
    }

    private static Value Logits(GraphBuilder graph, BertGraph bert, IWeights weights, ExportableModel model, Value ids, Value mask, Value types, OnnxAxis rows)
    {
        Value pooled = bert.Pool(bert.Layers(bert.Embed(ids, types, rows), bert.Mask(mask), clsOnly: true));
        using var _ = graph.In("classifier");
        Value logits = weights.Linear(graph, model.Directory.Head == HeadKind.Relu ? graph.Relu(pooled) : pooled, "classifier");
        return graph.Cast(logits, DType.Float32);
    }

    private static void MaskedLm(GraphBuilder graph, BertGraph bert, IWeights weights, ExportableModel model)
    {
        var (ids, mask, types) = Inputs(graph, Batch, Tokens);
        Value last = bert.Layers(bert.Embed(ids, types, Batch), bert.Mask(mask), clsOnly: false);
        using var _ = graph.In("cls/predictions");
        Value inner = bert.Norm(graph.Gelu(weights.Linear(graph, last, "cls.predictions.transform.dense")), "cls.predictions.transform.LayerNorm");
        Value logits = bert.Decode(inner);
        graph.Output("logits", graph.Cast(logits, DType.Float32), Batch, Tokens, model.Config.VocabSize);
    }

    // All layers, whatever a layer says: leaving early is for the step files.
    private static void FastBert(GraphBuilder graph, BertGraph bert, IWeights weights, ExportableModel model)
    {
        var (ids, mask, types) = Inputs(graph, Batch, Tokens);
        var branch = new BranchGraph(graph, weights, model.Directory.Branches!);
        Value additive = bert.Mask(mask), hidden = bert.Embed(ids, types, Batch);
        var answers = new Value[model.Config.Layers];
        for (int layer = 1; layer <= answers.Length; layer++)
        {
            hidden = bert.Layer(layer, hidden, additive, clsOnly: false);
            answers[layer - 1] = graph.Cast(branch.Answer(layer, hidden, additive), DType.Float32);
        }
        graph.Output("logits", answers[^1], Batch, model.Outputs);
        graph.Output("branch_logits", graph.Concat(1, [.. answers.Select(answer => graph.Unsqueeze(answer, 1))]), Batch, answers.Length, model.Outputs);
    }

    private static void Encoder(GraphBuilder graph, BertGraph bert, ExportableModel model)
    {
        var (ids, mask, types) = Inputs(graph, Batch, Tokens);
        Value last = bert.Layers(bert.Embed(ids, types, Batch), bert.Mask(mask), clsOnly: false);
        graph.Output("last_hidden_state", graph.Cast(last, DType.Float32), Batch, Tokens, model.Config.HiddenSize);
        if (model.Parameters.ContainsKey("bert.pooler.dense.weight"))
            graph.Output("pooler_output", graph.Cast(bert.Pool(last), DType.Float32), Batch, model.Config.HiddenSize);
    }

    private static (Value Ids, Value Mask, Value Types) Inputs(GraphBuilder graph, params ReadOnlySpan<OnnxAxis> axes) =>
        (graph.Input(OnnxInputs.Ids, DType.Int64, axes), graph.Input(OnnxInputs.Mask, DType.Int64, axes), graph.Input(OnnxInputs.Types, DType.Int64, axes));

    /// <summary>Facts for the reader of a file.</summary>
    public static Dictionary<string, string> Metadata(ExportableModel model, OnnxExportOptions options)
    {
        var facts = new Dictionary<string, string>
        {
            ["model_type"] = "bert",
            ["architecture"] = ModelKinds.Name(model.Kind),
            ["dtype"] = options.Precision.ToString().ToLowerInvariant(),
            ["max_position_embeddings"] = $"{model.Config.MaxPositions}",
        };
        if (options.Precision == ExportPrecision.Int8) facts["weight_bits"] = $"{options.WeightBits}";
        if (model.Directory.Labels is { } labels) facts["labels"] = JsonSerializer.Serialize(labels.Names, Plain);
        if (model.Directory.ProblemType is { } type) facts["problem_type"] = ProblemTypes.Name(type);
        return facts;
    }
}
