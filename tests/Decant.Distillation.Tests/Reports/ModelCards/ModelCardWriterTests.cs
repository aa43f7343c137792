using System.Text.RegularExpressions;
using Decant.Distillation.Reports.ModelCards;
using Decant.Distillation.Tests.Reports.Html;

namespace Decant.Distillation.Tests.Reports.ModelCards;

public class ModelCardWriterTests
{
    private static string[] Headings(string card) => [.. Regex.Matches(card, "^## (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Has_every_section()
    {
        string card = ModelCardWriter.Render(SampleCard.Card);
        Assert.Equal(["Intended use", "Training data", "Procedure", "Evaluation", "Limits", "How to use", "Citation"], Headings(card));
        Assert.Contains("\n# bert-6x192-sst2-pkd\n\nA BERT model (6 layers × 192, 3 heads, 8.53M parameters) for sentiment analysis of English film reviews. It was distilled from a BERT of 12 layers × 192 with Decant.\n", card);
        Assert.Contains("The answer is one of: `negative`, `positive`.", card);
        Assert.Contains("GLUE SST-2, 67,349 training examples. Evaluated on the 872 examples of the validation split.", card);
        Assert.Contains("- patience × 100 (layers: skip, normalized)\n", card);
        Assert.Contains("| This model | 91.5 ± 0.7 | 50.0 | 90.0 |", card);
        Assert.Contains("Mean ± standard deviation over seeds. Scores are in percent.", card);
        Assert.Contains("eprint = {1908.09355}", card);
    }

    [Fact]
    public void A_FastBERT_is_used_from_Decant_alone()
    {
        string card = ModelCardWriter.Render(SampleCard.Card with { HasAdaptiveExit = true });
        Assert.Contains("decant predict ./bert-6x192-sst2-pkd \"This is the text to judge.\" --speed 0.3\n", card);
        Assert.Contains("library_name: decant\n", card);
        Assert.DoesNotContain("from transformers import", card);
    }

    [Fact]
    public void Shows_how_to_use_it_from_both_sides()
    {
        string single = ModelCardWriter.Render(SampleCard.Card), pair = ModelCardWriter.Render(SampleCard.Card with { IsPair = true });
        Assert.Contains("decant predict ./bert-6x192-sst2-pkd --text \"This is the text to judge.\"\n", single);
        Assert.Contains("classify = pipeline(\"text-classification\", model=\"./bert-6x192-sst2-pkd\")\nprint(classify(\"This is the text to judge.\"))\n", single);
        Assert.Contains("--pair \"And this is the second.\"", pair);
        Assert.Contains("\"text_pair\": \"And this is the second.\"}))", pair);
        Assert.Contains("AutoModelForMultipleChoice", ModelCardWriter.Render(SampleCard.Card with { PipelineTag = "multiple-choice" }));
    }

    [Fact]
    public void Recipe_and_environment_are_quoted_whole()
    {
        string card = ModelCardWriter.Render(SampleCard.Card with { Recipe = "name: x\n```\ny: 1", Environment = SampleReport.Model.Environment });
        Assert.Contains("````yaml\nname: x\n```\ny: 1\n````\n", card);
        Assert.Contains("Processor         Example CPU @ 2.60GHz, 2 cores", card);
    }

    [Fact]
    public void Regression_and_fine_tuning_are_described_as_what_they_are()
    {
        string card = ModelCardWriter.Render(SampleCard.Card with { Labels = [], Teacher = null, Initialisation = null });
        Assert.Contains("The answer is a number.", card);
        Assert.Contains("It was fine-tuned without a teacher with Decant.", card);
        Assert.Contains("The weights began as random numbers.", card);
    }

    [Fact]
    public void Hostile_texts_add_no_section_link_or_html()
    {
        const string evil = "x\n## Hacked\n<script>alert(1)</script> [a](javascript:b) | `c";
        var card = SampleCard.Card;
        string text = ModelCardWriter.Render(card with
        {
            Name = evil, Purpose = evil, Architecture = evil, Teacher = evil, Labels = [evil], Objectives = [evil], LayerMap = [evil], Limits = [evil], Initialisation = evil,
            Procedure = [new(evil, evil)], Data = card.Data with { Name = evil, Split = evil }, Papers = [new Paper("k}", evil, "}{", evil, 2020)],
        });
        Assert.Equal(Headings(ModelCardWriter.Render(card)), Headings(text));
        string prose = Regex.Replace(text[text.IndexOf("\n# ", StringComparison.Ordinal)..], @"(?s)^(`{3,})\w*\n.*?^\1$|(`+)[^`\n].*?\2", "", RegexOptions.Multiline);
        Assert.DoesNotContain("<script", prose);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", prose);
    }

    [Fact]
    public void The_file_is_written()
    {
        using var folder = new TemporaryFolder();
        ModelCardWriter.Write(folder.File("model/README.md"), SampleCard.Card);
        Assert.Equal(ModelCardWriter.Render(SampleCard.Card), File.ReadAllText(folder.File("model/README.md")));
    }
}
