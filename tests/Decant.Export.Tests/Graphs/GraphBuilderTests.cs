using Decant.Export.Graphs;
using Decant.Export.Onnx;
using Decant.Torch;

namespace Decant.Export.Tests.Graphs;

public class GraphBuilderTests
{
    [Fact]
    public void Unequal_element_types_are_refused_where_they_meet()
    {
        var graph = new GraphBuilder("test");
        Value x = graph.Input("x", DType.Float32, "n"), h = graph.Input("h", DType.Float16, "n");
        using var _ = graph.In("part");
        Assert.Equal("/part/Add: 'x' is Float32 and 'h' is Float16.", Assert.Throws<InvalidOperationException>(() => graph.Add(x, h)).Message);
    }

    [Fact]
    public void Nodes_are_named_after_their_place_and_never_twice()
    {
        var graph = new GraphBuilder("test");
        Value x = graph.Input("x", DType.Float32, "n");
        using (graph.In("a"))
            using (graph.In("b")) x = graph.Add(graph.Add(x, x), x);
        graph.Output("y", graph.Tanh(x), "n");
        OnnxModel model = graph.Build(new Dictionary<string, string>());
        Assert.Equal(["/a/b/Add", "/a/b/Add_1", "/Tanh"], model.Nodes.Select(n => n.Name));
        Assert.Equal(["y"], model.Nodes[^1].Outputs);
    }

    [Fact]
    public void A_value_that_is_handed_out_keeps_its_takers()
    {
        var graph = new GraphBuilder("test");
        Value y = graph.Relu(graph.Input("x", DType.Float32, "n"));
        graph.Output("y", y, "n");
        graph.Output("z", graph.Tanh(y), "n");
        Assert.Equal(["y"], graph.Build(new Dictionary<string, string>()).Nodes[1].Inputs);
    }

    [Fact]
    public void Equal_numbers_and_shapes_are_stored_once()
    {
        var graph = new GraphBuilder("test");
        Assert.Equal(graph.Integers(0, 1), graph.Integers(0, 1));
        Assert.NotEqual(graph.Number(1, DType.Float32), graph.Number(1, DType.Float16));
        Assert.Equal(3, graph.Build(new Dictionary<string, string>()).Tensors.Count);
    }
}
