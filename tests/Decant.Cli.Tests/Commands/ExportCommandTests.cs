using System.Text.Json.Nodes;
using Decant.Models.Bert;
using Decant.Models.Checkpoints;
using Decant.Tests;
using Decant.Text.Tokenization;
using Decant.Torch.Random;

namespace Decant.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ExportCommandTests()
    {
        var tokenizer = new WordPieceTokenizer(new Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad", "film"]));
        BertConfig config = new() { VocabSize = 7, HiddenSize = 8, Layers = 1, Heads = 2, IntermediateSize = 8, MaxPositions = 64 };
        using var model = new BertClassifier(config, 2, new Initializer(new RandomStream(1, "weights"), 0.5));
        ModelDirectory.Save(Model, ModelKind.SequenceClassification, config, model.NamedParameters(), new ModelLabels(["no", "yes"]), ProblemType.SingleLabel);
        tokenizer.Save(Model);
    }

    private string Model => folder.File("model");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_written_and_its_files_are_told()
    {
        string data = folder.Write("dev.csv", "text,label\ngood film,yes\nbad film,no\nfilm,yes\n");
        Cli cli = Cli.Run("export", Model, "--to", "hf", "--dtype", "int8", "float16", "-i", data, "-o", folder.File("out")).Done();
        Assert.Contains("the model itself", cli.Output);
        Assert.Matches(@"model_fp16\.onnx +\S+ kB +\S+ +100\.00 % +\d", cli.Output);
        Assert.Contains($"3 examples from {data}", cli.Output);
        Assert.All(["model.onnx", "model_fp16.onnx", "model_quantized.onnx"], file => Assert.True(File.Exists(folder.File($"out/onnx/{file}"))));
    }

    [Fact]
    public void Json_has_every_figure()
    {
        Cli cli = Cli.Run("export", Model, "--to", "onnx", "-o", folder.File("student.onnx"), "--json").Done();
        JsonNode file = JsonNode.Parse(cli.Output)!["files"]![0]!;
        Assert.Equal(folder.File("student.onnx"), file["path"]!.GetValue<string>());
        Assert.Equal(new FileInfo(folder.File("student.onnx")).Length, file["bytes"]!.GetValue<long>());
        Assert.InRange(file["largestDifference"]!.GetValue<double>(), 0, 1e-5);
    }

    [Fact]
    public void Without_a_place_the_file_lies_in_the_model_folder()
    {
        Cli.Run("export", Model, "--to", "onnx", "--dtype", "float16").Done();
        Assert.True(File.Exists(Path.Combine(Model, "model_fp16.onnx")));
    }

    [Fact]
    public void A_failed_check_is_exit_code_1()
    {
        Cli cli = Cli.Run("export", Model, "--to", "onnx", "--dtype", "float16", "--tolerance", "1e-12");
        Assert.Equal(ExitCodes.Failed, cli.Code);
        Assert.Contains("was not written: over 24 examples (built-in sentences)", cli.Error);
    }

    [Theory]
    [InlineData("--to", "onx", "--to cannot be 'onx'. Did you mean onnx?")]
    [InlineData("--dtype", "flot16", "--dtype cannot be 'flot16'. Did you mean float16?")]
    [InlineData("--weight-bits", "4", "--weight-bits must be 7 or 8.")]
    [InlineData("--tolerance", "0", "--tolerance must be above 0.")]
    public void Wrong_words_are_wrong_usage(string option, string value, string message)
    {
        string[] to = option == "--to" ? [] : ["--to", "hf"];
        Cli cli = Cli.Run(["export", Model, .. to, option, value]);
        Assert.Equal(ExitCodes.Usage, cli.Code);
        Assert.Contains(message, cli.Error);
    }

    [Fact]
    public void One_file_has_one_type()
    {
        Cli cli = Cli.Run("export", Model, "--to", "onnx", "--dtype", "int8", "float16");
        Assert.Equal(ExitCodes.Usage, cli.Code);
        Assert.Contains("--to onnx writes one file: give one --dtype.", cli.Error);
    }
}
