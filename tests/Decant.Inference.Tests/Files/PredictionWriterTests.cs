using System.Text;
using Decant.Inference.Files;
using Decant.Models.Checkpoints;
using Decant.Text.Data;

namespace Decant.Inference.Tests.Files;

public class PredictionWriterTests
{
    private static readonly Example Single = new() { Id = "0", Text = "a, \"b\"\nü" }, Pair = new() { Id = "1", Text = "a", Pair = "c" };

    [Theory]
    [InlineData(ProblemType.SingleLabel, "{\"text\":\"a, \\\"b\\\"\\nü\",\"label\":\"no\",\"score\":0.75,\"scores\":{\"yes\":0.25,\"no\":0.75}}")]
    [InlineData(ProblemType.MultiLabel, "{\"text\":\"a, \\\"b\\\"\\nü\",\"labels\":[\"no\"],\"scores\":{\"yes\":0,\"no\":0.5}}")]
    [InlineData(ProblemType.Regression, "{\"text\":\"a, \\\"b\\\"\\nü\",\"value\":0.25}")]
    public void Json_has_the_fields_of_the_problem(ProblemType problem, string line) => Assert.Equal(line + "\n", Json(problem, Single));

    [Fact]
    public void A_pair_shows_both_texts() => Assert.StartsWith("{\"text\":\"a\",\"pair\":\"c\",", Json(ProblemType.SingleLabel, Pair));

    [Theory]
    [InlineData(ProblemType.SingleLabel, "text,pair,label,score:yes,score:no\r\n\"a, \"\"b\"\"\nü\",,no,0.25,0.75\r\na,c,no,0.25,0.75\r\n")]
    [InlineData(ProblemType.Regression, "text,pair,value\r\n\"a, \"\"b\"\"\nü\",,0.25\r\na,c,0.25\r\n")]
    public void Csv_is_quoted_where_it_must_be(ProblemType problem, string expected)
    {
        var text = new StringWriter();
        var writer = new CsvPredictions(text, problem, ["yes", "no"]);
        writer.Write(Single, Answer(problem));
        writer.Write(Pair, Answer(problem));
        Assert.Equal(expected, text.ToString());
    }

    [Fact]
    public void Where_a_text_left_is_told()
    {
        var text = new StringWriter();
        var answer = Prediction.From([0, MathF.Log(3)], ProblemType.SingleLabel, ["yes", "no"], exitLayer: 2);
        new CsvPredictions(text, ProblemType.SingleLabel, ["yes", "no"], hasExitLayers: true).Write(Pair, answer);
        Assert.Equal("text,pair,label,score:yes,score:no,exitLayer\r\na,c,no,0.25,0.75,2\r\n", text.ToString());
        using var output = new MemoryStream();
        new JsonLinesPredictions(output, ProblemType.SingleLabel, ["yes", "no"]).Write(Pair, answer);
        Assert.EndsWith(",\"exitLayer\":2}\n", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    private static string Json(ProblemType problem, Example example)
    {
        using var output = new MemoryStream();
        new JsonLinesPredictions(output, problem, ["yes", "no"]).Write(example, Answer(problem));
        return Encoding.UTF8.GetString(output.ToArray());
    }

    // softmax: 0.25 and 0.75; sigmoid: 0 and 0.5
    private static Prediction Answer(ProblemType problem) => problem switch
    {
        ProblemType.Regression => Prediction.From([0.25f], problem, []),
        ProblemType.MultiLabel => Prediction.From([float.NegativeInfinity, 0], problem, ["yes", "no"]),
        _ => Prediction.From([0, MathF.Log(3)], problem, ["yes", "no"]),
    };
}
