using static Decant.Text.Data.MetricNames;

namespace Decant.Text.Data;

/// <summary>
/// The nine tasks of GLUE (Wang et al. 2019) with the columns of their original TSV files. Labels are in the class
/// order of the published BERT, PKD and TinyBERT code. MNLI's is contradiction, entailment, neutral there, but
/// entailment, neutral, contradiction in Hugging Face's data sets: a teacher trained the other way ruins its student.
/// </summary>
internal static class GlueFormats
{
    private static readonly string[] Binary = ["0", "1"];
    private static readonly string[] Entailment = ["entailment", "not_entailment"];

    public static IReadOnlyList<GlueFormat> All { get; } =
    [
        new(Classes("cola", Binary, false, Matthews, Accuracy), "CoLA",
            new(Text: 3, Pair: null, Label: 1, HasHeader: false), new(Text: 1, Pair: null, Label: null)),
        new(Classes("sst-2", Binary, false, Accuracy), "SST-2",
            new(Text: 0, Pair: null, Label: 1), new(Text: 1, Pair: null, Label: null)),
        new(Classes("mrpc", Binary, true, Accuracy, F1), "MRPC",
            new(Text: 3, Pair: 4, Label: 0), new(Text: 3, Pair: 4, Label: null)),
        new(new() { Name = "sts-b", Kind = TaskKind.Regression, IsPair = true, Metrics = [Pearson, Spearman], BestMetric = Pearson }, "STS-B",
            new(Text: 7, Pair: 8, GlueColumns.Last), new(Text: 7, Pair: 8, Label: null)),
        new(Classes("qqp", Binary, true, Accuracy, F1), "QQP",
            new(Text: 3, Pair: 4, Label: 5), new(Text: 1, Pair: 2, Label: null)) { SkipsShortRows = true },
        new(Classes("mnli", ["contradiction", "entailment", "neutral"], true, Accuracy), "MNLI",
            new(Text: 8, Pair: 9, GlueColumns.Last), new(Text: 8, Pair: 9, Label: null)),
        new(Classes("qnli", Entailment, true, Accuracy), "QNLI",
            new(Text: 1, Pair: 2, GlueColumns.Last), new(Text: 1, Pair: 2, Label: null)),
        new(Classes("rte", Entailment, true, Accuracy), "RTE",
            new(Text: 1, Pair: 2, GlueColumns.Last), new(Text: 1, Pair: 2, Label: null)),
        new(Classes("wnli", Binary, true, Accuracy), "WNLI",
            new(Text: 1, Pair: 2, GlueColumns.Last), new(Text: 1, Pair: 2, Label: null)),
    ];

    // PKD's code chooses checkpoints by accuracy, for MRPC and QQP as well; CoLA by Matthews is GLUE's own metric.
    private static TaskDefinition Classes(string name, string[] labels, bool isPair, params string[] metrics) => new()
    {
        Name = name,
        Kind = TaskKind.SingleLabel,
        Labels = labels,
        IsPair = isPair,
        Metrics = metrics,
        BestMetric = metrics[0],
    };
}
