using Decant.Distillation.Reports.Charts;

namespace Decant.Distillation.Tests.Reports.Charts;

public class LabelPlacerTests
{
    [Fact]
    public void With_room_a_label_stands_to_the_right() =>
        Assert.Equal("start", new LabelPlacer(0, 0, 400, 300).Place(100, 100, 80).Anchor);

    [Fact]
    public void At_the_right_edge_it_moves_to_the_left() =>
        Assert.Equal("end", new LabelPlacer(0, 0, 400, 300).Place(390, 100, 80).Anchor);

    [Fact]
    public void Labels_of_near_points_do_not_cover_each_other()
    {
        var placer = new LabelPlacer(0, 0, 400, 300);
        double[] ys = [100, 104, 108, 112];
        foreach (double y in ys) placer.Reserve(200, y, 5);
        var boxes = ys.Select(y => placer.Place(200, y, 90)).Select(place => (Left: place.Anchor switch { "start" => place.X, "end" => place.X - 90, _ => place.X - 45 }, Top: place.Y - 11)).ToList();
        for (int i = 0; i < boxes.Count; i++)
            for (int j = i + 1; j < boxes.Count; j++)
                Assert.True(Math.Abs(boxes[i].Left - boxes[j].Left) >= 90 || Math.Abs(boxes[i].Top - boxes[j].Top) >= 12, $"labels {i} and {j} overlap");
    }
}
