using System.Globalization;
using System.Text.RegularExpressions;
using Decant.Distillation.Reports.Tables;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Decant.Distillation.Reports.ModelCards;

/// <summary>The YAML at the head of a model card, from which the Hub takes its filters and its table of results.</summary>
internal static partial class FrontMatter
{
    /// <summary>Metrics that the Hub knows, by our names. The Hub has no name for means of two metrics.</summary>
    private static readonly Dictionary<string, string> HubMetrics = new(StringComparer.Ordinal)
    {
        ["accuracy"] = "accuracy", ["f1"] = "f1", ["macroF1"] = "f1", ["microF1"] = "f1", ["matthews"] = "matthews_correlation",
        ["pearson"] = "pearson", ["spearman"] = "spearmanr", ["mse"] = "mse",
    };

    /// <summary>The front matter with the lines of dashes around it.</summary>
    public static string Of(ModelCard card)
    {
        var scores = card.Evaluation.Scores.Where(score => HubMetrics.ContainsKey(score.Name) && card.Evaluation.Rows[0].Scores.ContainsKey(score.Name)).ToList();
        var data = new Dictionary<string, object>();
        if (card.License is not null) data["license"] = card.License;
        data["language"] = card.Language;
        data["library_name"] = card.HasAdaptiveExit ? "decant" : "transformers";
        data["pipeline_tag"] = card.PipelineTag;
        data["tags"] = card.Teacher is null ? (string[])["bert", "decant"] : ["bert", "knowledge-distillation", "decant"];
        if (card.Data.HubName is not null) data["datasets"] = (string[])[card.Data.HubName];
        if (scores.Count > 0) data["metrics"] = scores.Select(score => HubMetrics[score.Name]).Distinct().ToArray();
        // The Hub refuses a card whose base model is a path.
        if (card.BaseModel is not null && HubId().IsMatch(card.BaseModel)) data["base_model"] = card.BaseModel;
        if (scores.Count > 0) data["model-index"] = ModelIndex(card, scores);
        return $"---\n{Serialize(data)}---\n";
    }

    private static object[] ModelIndex(ModelCard card, IEnumerable<ScoreColumn> scores)
    {
        var dataset = new Dictionary<string, object> { ["name"] = card.Data.Name, ["type"] = card.Data.HubName ?? card.Data.Name };
        if (card.Data.Configuration is not null) dataset["config"] = card.Data.Configuration;
        dataset["split"] = card.Data.Split;
        return
        [
            new Dictionary<string, object>
            {
                ["name"] = card.Name,
                ["results"] = (object[])
                [
                    new Dictionary<string, object>
                    {
                        ["task"] = new Dictionary<string, object> { ["type"] = card.PipelineTag },
                        ["dataset"] = dataset,
                        ["metrics"] = scores.Select(score => new Dictionary<string, object>
                        {
                            ["name"] = Labels.Of(score.Name), ["type"] = HubMetrics[score.Name], ["value"] = Math.Round(card.Evaluation.Rows[0].Scores[score.Name].Mean, 4),
                        }).ToArray(),
                    },
                ],
            },
        ];
    }

    private static string Serialize(object data) => new SerializerBuilder()
        .WithTypeConverter(new TextConverter()).WithNewLine("\n").DisableAliases().WithIndentedSequences().Build().Serialize(data);

    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ECMAScript)]
    private static partial Regex HubId();

    /// <summary>Writes plain words plainly and every other text in double quotes, where no character means anything else.</summary>
    private sealed class TextConverter : IYamlTypeConverter
    {
        private static readonly string[] Words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

        public bool Accepts(Type type) => type == typeof(string);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) => throw new NotSupportedException();

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
        {
            string text = (string)value!;
            bool isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')
                && !Words.Contains(text.ToLower(CultureInfo.InvariantCulture));
            emitter.Emit(new YamlDotNet.Core.Events.Scalar(AnchorName.Empty, TagName.Empty, text, isPlain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, true, true));
        }
    }
}
