using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Format;
using Decant.Text.Batching;

namespace Decant.Tests.Knowledge.Store.Format;

public class SequenceKeyTests
{
    [Fact]
    public void DependsOnIdsAndOnWhereTheSecondSegmentBegins()
    {
        UInt128[] keys = [SequenceKey.Of([1, 2, 3], 3), SequenceKey.Of([1, 2, 3], 2), SequenceKey.Of([1, 2, 4], 3), SequenceKey.Of([1, 2], 2), SequenceKey.Of([3, 1, 2, 3], 3)];
        Assert.Equal(5, keys.Distinct().Count());
    }

    [Fact]
    public void AnyBatchGivesTheKeysOfItsDataSet()
    {
        using var teacher = new SmallTeacher(30);
        UInt128[] keys = SequencePlan.KeysOf(teacher.Data);
        TokenBatch batch = new TokenBatchBuilder(teacher.Data, padToAtLeast: 48).Build([5, 2, 29]);
        for (int row = 0; row < 3; row++)
            Assert.Equal(keys[batch.ExampleIndices[row]], SequenceKey.Of(
                batch.InputIds.AsSpan(row * batch.Length, batch.Lengths[row]), batch.TokenTypeIds.AsSpan(row * batch.Length, batch.Lengths[row])));
    }
}
