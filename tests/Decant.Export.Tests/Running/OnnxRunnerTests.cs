using Decant.Export.Onnx;
using Decant.Export.Running;
using Decant.Tests;
using Decant.Torch;

namespace Decant.Export.Tests.Running;

public sealed class OnnxRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Write(params OnnxNode[] nodes)
    {
        OnnxModelWriter.Write(folder.File("m.onnx"), new OnnxModel
        {
            Name = "test", Nodes = nodes,
            Tensors = [new("w", DType.Float32, [2], () => Tensor.From([10f, 20], 2))],
            Inputs = [new("x", DType.Float32, ["n"])], Outputs = [new("y", DType.Float32, ["n"])],
        });
        return folder.File("m.onnx");
    }

    private static OnnxNode Node(string op, string output, params string[] inputs) => new($"/{op}", op, inputs, [output], []);

    [Fact]
    public void It_runs_what_the_file_says()
    {
        using OnnxRunner runner = OnnxRunner.Open(Write(Node("Add", "s", "x", "w"), Node("Mul", "y", "s", "s")));
        using var scope = new TensorScope();
        Assert.Equal([121f, 484], runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.From([1f, 2], 2) })["y"].ToArray<float>());
    }

    [Fact]
    public void Running_again_gives_the_same_and_leaves_the_constants_alone()
    {
        using OnnxRunner runner = OnnxRunner.Open(Write(Node("Relu", "r", "w"), Node("Add", "y", "r", "x")));
        for (int i = 0; i < 2; i++)
        {
            using var scope = new TensorScope();
            Assert.Equal([11f, 22], runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.From([1f, 2], 2) })["y"].ToArray<float>());
        }
    }

    [Fact]
    public void An_unknown_operator_is_named()
    {
        string path = Write(Node("Einsum", "y", "x"));
        Assert.Equal($"{path}: the operator Einsum (/Einsum) is not computed here; run this file with ONNX Runtime.", Assert.Throws<DecantException>(() => OnnxRunner.Open(path)).Message);
    }

    [Fact]
    public void A_graph_that_is_not_sound_is_refused()
    {
        string path = Write(Node("Add", "y", "x", "nowhere"));
        using OnnxRunner runner = OnnxRunner.Open(path);
        using var scope = new TensorScope();
        string Message(Dictionary<string, Tensor> inputs) => Assert.Throws<DecantException>(() => runner.Run(inputs)).Message;
        Assert.Equal($"{path}: /Add takes 'nowhere', which nothing before it gives.", Message(new() { ["x"] = Tensor.From([1f, 2], 2) }));
        Assert.Equal($"{path} needs the input 'x', which was not given.", Message([]));
        Assert.Equal($"{path}: the input 'x' is Float32, and Int64 was given.", Message(new() { ["x"] = Tensor.Range(2) }));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_told_with_the_node()
    {
        using OnnxRunner runner = OnnxRunner.Open(Write(Node("Add", "y", "x", "w")));
        using var scope = new TensorScope();
        Assert.Contains("/Add cannot be computed", Assert.Throws<DecantException>(() => runner.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.From([1f, 2, 3], 3) })).Message);
    }
}
