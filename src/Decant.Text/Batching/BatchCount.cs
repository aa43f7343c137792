namespace Decant.Text.Batching;

/// <summary>How many batches of a fixed size an epoch has.</summary>
internal static class BatchCount
{
    public static int Of(int examples, int batchSize, bool dropLast)
    {
        if (dropLast && examples < batchSize)
            throw new DecantException(
                $"{examples} examples do not fill one batch of {batchSize}, and incomplete batches are dropped. Use a smaller batch or keep the last one.");
        return dropLast ? examples / batchSize : (examples + batchSize - 1) / batchSize;
    }
}
