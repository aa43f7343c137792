using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Export.Checks;

/// <summary>What an export is checked with where no data is at hand: short and long texts, pairs, signs and letters of many kinds.</summary>
public static class SampleTexts
{
    private static readonly string[] Texts =
    [
        "A fine film.",
        "",
        "It starts slowly, it ends badly, and in between nobody seems to know which of the two stories is being told.",
        "Not my cup of tea!",
        "The room was clean, the staff was kind, and the breakfast (served until 11:30) was worth the €18 that we paid for it.",
        "naïve café — “déjà vu” … 100 %",
        "Why would anyone buy this again?",
        "電池はすぐに切れます。 Битва за город. 🙂",
        "I have owned three of these machines over the last twelve years. The first one broke after six, which is fair; the second was stolen; the third has now started to leak, and the seller, who answered my first two messages within a day, has stopped answering at all. If they still made the old model I would buy that one without thinking twice.",
        "ok",
        "antidisestablishmentarianism unquestionably overcomplicates hyperparameterisation",
        "Two plus two is four, and the price of bread went up by 3.5 percent in March.",
    ];

    /// <summary>The examples in the form that a model reads: texts and pairs, or a passage with three choices.</summary>
    /// <param name="kind">What the model is for.</param>
    public static DataSet For(ModelKind kind)
    {
        bool isChoice = kind == ModelKind.MultipleChoice;
        var task = new TaskDefinition
        {
            Name = "samples", Kind = isChoice ? TaskKind.MultipleChoice : TaskKind.SingleLabel,
            Metrics = [MetricNames.Accuracy], BestMetric = MetricNames.Accuracy, Choices = isChoice ? 3 : 1,
        };
        return new DataSet(task, "samples", [.. isChoice ? Questions() : Single()], "built-in sentences");
    }

    private static IEnumerable<Example> Single() =>
        Texts.Select((text, i) => new Example { Id = $"{i}", Text = text })
            .Concat(Texts.Select((text, i) => new Example { Id = $"{i}+", Text = text, Pair = Texts[(i + 5) % Texts.Length] }));

    private static IEnumerable<Example> Questions() =>
        Texts.Select((text, i) => new Example { Id = $"{i}", Text = text, Pair = "What is said?", Choices = [.. Enumerable.Range(1, 3).Select(c => Texts[(i + c) % Texts.Length])] });
}
