using System.Globalization;
using System.Text;
using Decant.Distillation.Reports;
using Decant.Distillation.Reports.Markup;
using Decant.Distillation.Reports.Tables;
using Decant.Export.Checks;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;

namespace Decant.Export.HuggingFace;

/// <summary>The model card of an export: the card that the model has, or a short one, and a section on the ONNX files.</summary>
internal static class ExportCard
{
    private const string Heading = "## ONNX files";

    /// <summary>The card as text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The name of the folder.</param>
    /// <param name="files">The exported files.</param>
    /// <param name="existing">The card that the model has; null for none.</param>
    public static string Of(ExportableModel model, string name, IReadOnlyList<ExportedFile> files, string? existing) =>
        $"{(existing is null ? Own(model, name) : Without(existing)).TrimEnd('\n')}\n\n{Section(model, name, files)}";

    /// <summary>The section that an earlier export wrote is taken out.</summary>
    private static string Without(string card)
    {
        string text = card.ReplaceLineEndings("\n");
        int start = text.IndexOf($"\n{Heading}\n", StringComparison.Ordinal);
        if (start < 0) return text;
        int end = text.IndexOf("\n## ", start + 1 + Heading.Length, StringComparison.Ordinal);
        return end < 0 ? text[..start] : text[..start] + text[end..];
    }

    private static string Own(ExportableModel model, string name)
    {
        BertConfig config = model.Config;
        var text = new StringBuilder($"---\nlibrary_name: transformers\npipeline_tag: {PipelineOf(model.Kind)}\ntags:\n  - bert\n  - decant\n---\n\n# {MarkdownText.Escape(name)}\n\n");
        text.Append($"A BERT model ({config.Layers} layers × {config.HiddenSize}, {config.Heads} heads, {Units.Count(model.Parameters.Values.Sum(p => p.Count))} parameters), exported with Decant.\n");
        if (model.Directory.Labels is { } labels) text.Append($"\nIts answers, in the order of its outputs: {string.Join(", ", labels.Names.Select(MarkdownText.Code))}.\n");
        else if (model.Directory.ProblemType == ProblemType.Regression) text.Append("\nIts answer is a number.\n");
        if (model.Directory.Head == HeadKind.Relu)
            text.Append("\nA ReLU lies between its pooled output and its classifier. The ONNX files hold it; Python's `transformers` does not know it and gives other answers.\n");
        if (config.LayerIntermediateSizes is not null || config.EmbeddingRank is not null)
            text.Append("\nIts layers or its word table were cut in a way that Python's `transformers` does not know; the ONNX files and Decant hold it whole.\n");
        if (model.Kind == ModelKind.FastBert)
            text.Append("\nIt is a FastBERT (Liu et al. 2020): a classifier after every layer, so that easy texts can leave early. Python's `transformers` has no such class and loads the encoder alone.\n");
        return text.ToString();
    }

    private static string Section(ExportableModel model, string name, IReadOnlyList<ExportedFile> files)
    {
        CheckResult check = files[0].Check;
        var text = new StringBuilder($"{Heading}\n\n");
        text.Append(ExportTable.Of(files).ToMarkdown());
        text.Append(CultureInfo.InvariantCulture, $"\nEach file was read back and run beside the model over {check.Agreement.Examples} examples ({MarkdownText.Escape(Path.GetFileName(check.Source))}); the differences are those of the outputs before softmax. ");
        text.Append("Inputs are `input_ids`, `attention_mask` and `token_type_ids`, int64; all their axes may change. ");
        if (files.Any(f => f.Precision == ExportPrecision.Int8))
            text.Append("In the int8 file the inputs of matrix products are rounded with a scale for the whole batch, so an answer depends a little on what it is batched with. ");
        if (model.Kind == ModelKind.FastBert)
            text.Append("`logits` are those of the last layer, `branch_logits` those of every layer, `[batch, layers, outputs]`. The folder of steps holds `embeddings.onnx` and a file for each layer: after each one, rows whose `uncertainty` is at most the chosen speed leave with its `logits`, and the others go on with their `next_hidden_states`. ");
        text.Append($"\n\nWith JavaScript:\n\n{MarkdownText.Block(JavaScript(model.Kind, name), "js")}");
        return text.ToString();
    }

    private static string JavaScript(ModelKind kind, string name) => $"""
        import { "{" } { (kind is ModelKind.MultipleChoice or ModelKind.FastBert ? "AutoTokenizer, AutoModel" : "pipeline") }, env { "}" } from '@huggingface/transformers';

        env.localModelPath = '..';  // the folder that holds {name}
        env.allowRemoteModels = false;
        {Call(kind, name)}
        """;

    private static string Call(ModelKind kind, string name) => kind switch
    {
        ModelKind.MultipleChoice => $"const model = await AutoModel.from_pretrained('{name}', {{ dtype: 'fp32' }});  // inputs: [batch, choices, tokens]",
        ModelKind.FastBert => $"const tokenizer = await AutoTokenizer.from_pretrained('{name}');\nconst model = await AutoModel.from_pretrained('{name}', {{ dtype: 'fp32' }});\nconsole.log((await model(tokenizer('A fine film.'))).branch_logits);",
        ModelKind.MaskedLm => $"const fill = await pipeline('fill-mask', '{name}', {{ dtype: 'fp32' }});\nconsole.log(await fill('A [MASK] film.'));",
        ModelKind.Encoder => $"const embed = await pipeline('feature-extraction', '{name}', {{ dtype: 'fp32' }});\nconsole.log(await embed('A fine film.'));",
        _ => $"const classify = await pipeline('text-classification', '{name}', {{ dtype: 'fp32' }});  // fp16, q8\nconsole.log(await classify('A fine film.'));",
    };

    private static string PipelineOf(ModelKind kind) => kind switch
    {
        ModelKind.MultipleChoice => "multiple-choice",
        ModelKind.MaskedLm => "fill-mask",
        ModelKind.Encoder => "feature-extraction",
        _ => "text-classification",
    };
}
