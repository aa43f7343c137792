namespace Decant.Inference.Engines.Packed;

/// <summary>How a call is shared between workers.</summary>
internal static class WorkSplit
{
    // Fewer rows leave a worker with tiles that are not filled.
    private const int LeastRows = 8;

    // Enough rows to pay for reading the weights, few enough to bound the memory.
    private const int LeastShare = 64, LargestShare = 512;

    /// <summary>Workers that so many rows can feed.</summary>
    /// <param name="rows">Tokens of a call.</param>
    /// <param name="most">Workers that there are.</param>
    public static int Workers(int rows, int most) => Math.Clamp(rows / LeastRows, 1, most);

    /// <summary>The first row of a worker; rows are dealt out by the eight, which are a tile's.</summary>
    public static int Row(int rows, int worker, int workers) =>
        worker == workers ? rows : (int)((long)rows * worker / workers + LeastRows / 2) / LeastRows * LeastRows;

    /// <summary>Cuts texts into shares of about as many rows, several for each worker, so that all end at about the same time.</summary>
    /// <returns>The first text of every share, and last the number of texts.</returns>
    public static int[] Shares(RaggedRows texts, int workers)
    {
        int target = Math.Clamp(texts.Rows / (workers == 1 ? 1 : 4 * workers), LeastShare, LargestShare);
        List<int> starts = [0];
        for (int text = 1; text < texts.Count; text++)
            if (texts.Start(text + 1) - texts.Start(starts[^1]) > target) starts.Add(text);
        starts.Add(texts.Count);
        return [.. starts];
    }
}
