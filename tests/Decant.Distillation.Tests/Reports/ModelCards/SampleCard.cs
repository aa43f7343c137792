using Decant.Distillation.Evaluation.Statistics;
using Decant.Distillation.Reports.ModelCards;
using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Tests.Reports.ModelCards;

/// <summary>A card of made-up figures.</summary>
internal static class SampleCard
{
    public static ModelCard Card { get; } = new()
    {
        Name = "bert-6x192-sst2-pkd",
        Purpose = "sentiment analysis of English film reviews",
        Labels = ["negative", "positive"],
        Architecture = "6 layers × 192, 3 heads",
        Parameters = 8_530_000,
        Initialisation = "the first 6 layers of a pretrained BERT of 12 layers",
        Teacher = "a BERT of 12 layers × 192",
        Data = new ModelCardData { Name = "GLUE SST-2", HubName = "glue", Configuration = "sst2", TrainExamples = 67_349, EvaluationExamples = 872 },
        Objectives = ["hardLabels × 0.3", "softLabels × 0.7 (temperature: 10)", "patience × 100 (layers: skip, normalized)"],
        LayerMap = ["2 → 1", "4 → 2"],
        Procedure = [new("Optimiser", "BertAdam, learning rate 5e-5"), new("Epochs", "4")],
        Evaluation = new ComparisonTable
        {
            Scores = [ScoreColumn.Of("accuracy"), ScoreColumn.Of("matthews"), ScoreColumn.Of("accuracyAndF1")],
            Rows =
            [
                new ComparisonRow { System = "This model", Scores = Scores(0.91, 0.92), Parameters = 8_530_000 },
                new ComparisonRow { System = "Teacher", IsTeacher = true, Scores = Scores(0.94), Parameters = 11_200_000 },
            ],
        },
        Papers = Papers.For(["hardLabels", "softLabels", "patience"]),
    };

    private static Dictionary<string, SeedStatistics> Scores(params double[] values) => new() { ["accuracy"] = new(values), ["matthews"] = new(0.5), ["accuracyAndF1"] = new(0.9) };
}
