using Decant.Distillation.LayerMaps;

namespace Decant.Tests.LayerMaps;

public class LayerMapTests
{
    [Fact]
    public void Needed_layers_come_once_and_rising()
    {
        LayerMap map = new(12, 4, new(4, 12), new(1, 3), new(2, 3), new(1, 2));
        Assert.Equal([2, 3, 12], map.Teachers);
        Assert.Equal([1, 2, 4], map.Students);
        Assert.Equal(new LayerPair(1, 2), map[0]);
        Assert.Equal(4, map.Count);
    }

    [Fact]
    public void Maps_compare_by_value()
    {
        Assert.Equal(LayerMapRule.Skip.For(12, 6), LayerMapRule.Listed(2, 4, 6, 8, 10).For(12, 6));
        Assert.NotEqual(LayerMapRule.Skip.For(12, 6), LayerMapRule.Last.For(12, 6));
        Assert.NotEqual(LayerMapRule.First.For(12, 6), LayerMapRule.First.For(24, 6));
    }

    [Fact]
    public void A_map_without_pairs_is_refused() =>
        Assert.Equal("A layer map needs at least one pair of layers.", Assert.Throws<DecantException>(() => new LayerMap(12, 6)).Message);

    [Fact]
    public void Table_shows_every_student_layer_and_the_idle_teacher_layers() => Assert.Equal("""
        student (3)  teacher (12)
        layer 3      –
        layer 2      ← layer 8
        layer 1      ← layer 4
        not used: teacher layers 1, 2, 3, 5, 6, 7, 9, 10, 11, 12
        """, LayerMapRule.Skip.For(12, 3).ToTable());

    [Fact]
    public void Table_shows_embeddings_and_several_teachers_of_one_layer() => Assert.Equal("""
        student (1)  teacher (3)
        layer 1      ← layer 1, layer 3
        embeddings   ← embeddings
        not used: teacher layer 2
        """, new LayerMap(3, 1, new(0, 0), new(1, 3), new(1, 1)).ToTable());
}
