namespace Decant.Text.Data.Synthetic;

/// <summary>A random stream with the questions that a writer of reviews asks.</summary>
internal sealed class Dice(SplitMix64 random)
{
    private SplitMix64 _random = random;

    public bool Coin() => _random.Next(2) == 1;

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Share() => _random.NextDouble();

    public int Between(int least, int most) => least + _random.Next(most - least + 1);

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Takes an item away, so that it is used once.</summary>
    public T Take<T>(List<T> items)
    {
        int at = _random.Next(items.Count);
        T item = items[at];
        items.RemoveAt(at);
        return item;
    }

    public void Shuffle<T>(List<T> items) => _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
}
