using System.IO.Compression;
using System.Text;
using Decant.Tests;
using Decant.Text.Augmentation;

namespace Decant.Text.Tests.Augmentation;

public sealed class WordVectorsTests : IDisposable
{
    private const string Plain = "king 1 0.9 0\nqueen 0.9 1 0\nman 1 0 0.1\nwoman 0.1 1 0.2\nzero 0 0 0\nfar -1 -1 0\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("6 3\n")]
    public void The_nearest_by_cosine_come_first(string header)
    {
        var vectors = WordVectors.Load(folder.Write("v.txt", header + Plain));
        Assert.Equal((6, 3), (vectors.Count, vectors.Width));
        Assert.Equal(["queen", "man", "woman"], vectors.Nearest("king", 3));
        Assert.Equal(["queen"], vectors.Nearest("king", 1));
        // Not itself, and nothing without a direction.
        Assert.Equal(["queen", "man", "woman", "far"], vectors.Nearest("king", 99));
        Assert.Empty(vectors.Nearest("prince", 3));
        Assert.False(vectors.Contains("prince"));
    }

    [Fact]
    public void They_agree_with_cosines_in_double_precision()
    {
        var random = new Random(7);
        double[][] values = [.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 37).Select(_ => random.NextDouble() - 0.5).ToArray())];
        string text = string.Concat(values.Select((row, i) => FormattableString.Invariant($"w{i} {string.Join(' ', row.Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}\n")));
        var vectors = WordVectors.Load(folder.Write("v.txt", text));
        double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));
        foreach (int word in (int[])[0, 17, 199])
            Assert.Equal(
                Enumerable.Range(0, 200).Where(i => i != word).OrderByDescending(i => Cosine(values[word], values[i])).Take(15).Select(i => $"w{i}"),
                vectors.Nearest($"w{word}", 15));
    }

    [Fact]
    public void Only_the_first_are_read_and_gzip_is_unpacked()
    {
        Assert.Equal(2, WordVectors.Load(folder.Write("v.txt", "6 3\n" + Plain), limit: 2).Count);
        using (var packed = new GZipStream(File.Create(folder.File("v.txt.gz")), CompressionMode.Compress)) packed.Write(Encoding.UTF8.GetBytes(Plain));
        Assert.Equal(["queen"], WordVectors.Load(folder.File("v.txt.gz")).Nearest("king", 1));
    }

    [Fact]
    public void Words_with_blanks_and_the_unknown_word_are_read_as_such()
    {
        var vectors = WordVectors.Load(folder.Write("v.txt", "a 1 0\n. . . 0.9 0.1\n<unk> 1 0\nb 0 1 \n"));
        Assert.Equal(3, vectors.Count);
        Assert.Equal([". . .", "b"], vectors.Nearest("a", 5));
        Assert.False(vectors.Contains("<unk>"));
    }

    [Theory]
    [InlineData("", "holds no word vectors")]
    [InlineData("3 2\n", "holds no word vectors")]
    [InlineData("word\n", "line 1 has no numbers")]
    [InlineData("a 1 2\nb 1\n", "line 2 has 1 numbers, but the lines before have 2.")]
    [InlineData("a 1 2\nb 1 x\n", "line 2: 'x' is not a number.")]
    [InlineData("a 1 2\nb 1 NaN\n", "line 2: 'NaN' is not a number.")]
    [InlineData("a 1 2\nb 1 1e99\n", "line 2: '1e99' is not a number.")]
    [InlineData("a 1 2\n 1 2\n", "line 2 has 2 numbers")]
    [InlineData("9 2\na 1 2\nb 2 1\n", "the first line promises 9 vectors, but there are 2. The file is not whole")]
    public void Damage_is_told(string text, string message)
    {
        string path = folder.Write("v.txt", text);
        string told = Assert.Throws<DecantException>(() => WordVectors.Load(path)).Message;
        Assert.StartsWith(path, told);
        Assert.Contains(message, told);
    }

    [Fact]
    public void A_missing_file_and_one_that_is_no_gzip_are_told()
    {
        Assert.Contains("there is no such file", Assert.Throws<DecantException>(() => WordVectors.Load(folder.File("none.txt.gz"))).Message);
        Assert.Contains("there is no such file", Assert.Throws<DecantException>(() => WordVectors.Load(folder.File("none.txt"))).Message);
        Assert.Contains("is damaged", Assert.Throws<DecantException>(() => WordVectors.Load(folder.Write("bad.gz", Plain))).Message);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_with_a_message()
    {
        int refused = 0;
        foreach (byte[] bytes in Mutations.Of(Encoding.UTF8.GetBytes("6 3\n" + Plain), 400, seed: 3))
        {
            try { WordVectors.Load(folder.Write("v.txt", bytes)).Nearest("king", 2); }
            catch (DecantException) { refused++; }
        }
        Assert.InRange(refused, 50, 350);
    }

    [SkippableFact]
    public void Real_vectors_know_their_neighbours()
    {
        var vectors = WordVectors.Load(TestPaths.Require(TestPaths.Data, "glove/glove.6B.50d.subset.txt.gz"));
        Assert.Equal((2987, 50), (vectors.Count, vectors.Width));
        Assert.Contains("women", vectors.Nearest("men", 15));
    }
}
