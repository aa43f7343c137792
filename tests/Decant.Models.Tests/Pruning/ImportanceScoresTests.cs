using Decant.Models.Pruning;

namespace Decant.Models.Tests.Pruning;

public class ImportanceScoresTests
{
    private static readonly ImportanceScores Scores = new([[3, 1, 2], [11, 30, 20], [0, 0, 0]], [[1, 2, 3, 4], [8, 7, 6, 5], [1, 1, 1, 9]]);

    [Fact]
    public void Every_layer_keeps_its_best_in_their_order()
    {
        PruningPlan plan = Scores.Select([2, 0], heads: 2, neurons: 3);
        Assert.Equal([2, 0], plan.Layers);
        Assert.Equal([[0, 1], [0, 2]], plan.Heads);       // of equals the first
        Assert.Equal([[0, 1, 3], [1, 2, 3]], plan.Neurons);
    }

    [Fact]
    public void Without_a_number_all_are_kept()
    {
        PruningPlan plan = Scores.Select([1], heads: null, neurons: null, embeddingRank: 7);
        Assert.Equal([[0, 1, 2]], plan.Heads);
        Assert.Equal([[0, 1, 2, 3]], plan.Neurons);
        Assert.Equal(7, plan.EmbeddingRank);
    }

    [Fact]
    public void In_the_whole_model_layers_compete_by_share_and_none_loses_all()
    {
        // Shares of the norm: 0.80 0.27 0.53, and 0.29 0.80 0.53; the third layer has nothing to say and keeps one.
        PruningPlan plan = Scores.Select([0, 1, 2], heads: 2, neurons: 1, PruningScope.Model);
        Assert.Equal([[0, 2], [0, 1, 2], [0]], plan.Heads);
        Assert.Equal([[3], [0], [3]], plan.Neurons);
    }

    [Fact]
    public void More_than_there_are_is_all()
    {
        Assert.Equal([[0, 1, 2], [0, 1, 2], [0, 1, 2]], Scores.Select([0, 1, 2], 99, null, PruningScope.Model).Heads);
        Assert.Equal([[0, 1, 2]], Scores.Select([0], 99, null).Heads);
    }
}
