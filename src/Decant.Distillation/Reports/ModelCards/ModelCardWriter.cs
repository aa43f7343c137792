using System.Globalization;
using System.Text;
using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.ModelCards;

/// <summary>Writes the <c>README.md</c> of a model directory in the form of the Hugging Face Hub.</summary>
public static class ModelCardWriter
{
    /// <summary>Writes the card atomically.</summary>
    /// <param name="path">The file to replace or create: <c>README.md</c> in the model's directory.</param>
    /// <param name="card">What it says.</param>
    /// <exception cref="DecantException">The file cannot be written.</exception>
    public static void Write(string path, ModelCard card) => AtomicFile.WriteText(path, Render(card));

    /// <summary>The card as text: YAML front matter and Markdown.</summary>
    /// <param name="card">What it says.</param>
    public static string Render(ModelCard card)
    {
        var text = new StringBuilder(FrontMatter.Of(card));
        text.Append($"\n# {MarkdownText.Escape(card.Name)}\n\n{Introduction(card)}\n");
        Section(text, "Intended use", IntendedUse(card));
        Section(text, "Training data", TrainingData(card));
        Section(text, "Procedure", Procedure(card));
        Section(text, "Evaluation", Evaluation(card));
        Section(text, "Limits", Limits(card));
        Section(text, "How to use", ModelCardUsage.Of(card));
        if (card.Papers.Count > 0) Section(text, "Citation", MarkdownText.Block(string.Join("\n\n", card.Papers.Select(paper => paper.ToBibTeX())), "bibtex"));
        return text.ToString();
    }

    private static void Section(StringBuilder text, string heading, string body) => text.Append($"\n## {heading}\n\n{body.TrimEnd('\n')}\n");

    private static string Introduction(ModelCard card)
    {
        string how = card.Teacher is null ? "It was fine-tuned without a teacher" : $"It was distilled from {MarkdownText.Escape(card.Teacher)}";
        return $"A BERT model ({MarkdownText.Escape(card.Architecture)}, {Units.Count(card.Parameters)} parameters) for {MarkdownText.Escape(card.Purpose)}. {how} with Decant.";
    }

    private static string IntendedUse(ModelCard card)
    {
        string input = card.IsPair ? "pairs of texts" : "texts";
        string labels = card.Labels.Count == 0 ? "The answer is a number." : $"The answer is one of: {string.Join(", ", card.Labels.Select(MarkdownText.Code))}.";
        return $"{Capitalised(MarkdownText.Escape(card.Purpose))}, for {input} like those of the training data. {labels} It was not made for other kinds of text, other languages, or decisions about people that nobody checks.";
    }

    private static string TrainingData(ModelCard card)
    {
        string train = card.Data.TrainExamples is { } n ? $", {Number(n)} training examples" : "";
        string evaluation = card.Data.EvaluationExamples is { } m ? $" Evaluated on the {Number(m)} examples of the {MarkdownText.Escape(card.Data.Split)} split." : "";
        return $"{MarkdownText.Escape(card.Data.Name)}{train}.{evaluation}";
    }

    private static string Procedure(ModelCard card)
    {
        var text = new StringBuilder($"The weights began as {MarkdownText.Escape(card.Initialisation ?? "random numbers")}.\n");
        if (card.Objectives.Count > 0) text.Append("\nObjectives, with their weights:\n\n").Append(Bullets(card.Objectives));
        if (card.LayerMap.Count > 0) text.Append("\nLayer map (teacher to student):\n\n").Append(Bullets(card.LayerMap));
        if (card.Procedure.Count > 0)
        {
            text.Append("\n| Setting | Value |\n| --- | --- |\n");
            foreach (var (name, value) in card.Procedure) text.Append($"| {MarkdownText.Escape(name)} | {MarkdownText.Escape(value)} |\n");
        }
        if (card.Recipe is not null) text.Append("\nThe whole recipe:\n\n").Append(MarkdownText.Block(card.Recipe, "yaml"));
        if (card.Environment is not null) text.Append("\nEnvironment:\n\n").Append(MarkdownText.Block(card.Environment.ToText(), "text"));
        return text.ToString();
    }

    private static string Evaluation(ModelCard card)
    {
        var notes = new List<string>();
        if (card.Evaluation.Rows.Any(row => row.Scores.Values.Any(scores => scores.Count > 1))) notes.Add("Mean ± standard deviation over seeds.");
        if (card.Evaluation.Scores.Any(score => score.IsPercentage)) notes.Add("Scores are in percent.");
        if (card.Evaluation.TimeOf is not null && card.Evaluation.Rows.Any(row => row.Seconds is not null)) notes.Add($"Time: {MarkdownText.Escape(card.Evaluation.TimeOf)}.");
        return $"{card.Evaluation.ToTextTable().ToMarkdown()}\n{string.Join(" ", notes)}";
    }

    private static string Limits(ModelCard card) => Bullets(
    [
        .. card.Limits,
        "Scores hold for data like the evaluation split; on other data they are usually lower.",
        card.Teacher is null ? "The model repeats the errors and prejudices of its training data." : "The model repeats the errors and prejudices of its teacher and its training data; a small model may add its own where examples are rare.",
    ]);

    private static string Bullets(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"- {MarkdownText.Escape(line)}\n"));

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
