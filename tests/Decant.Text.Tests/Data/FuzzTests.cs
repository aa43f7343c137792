using Decant.Tests;
using Decant.Text.Data;

namespace Decant.Text.Tests.Data;

/// <summary>A damaged file is read or refused in one message that names it; nothing else comes out of a reader.</summary>
public sealed class FuzzTests : IDisposable
{
    private const string Race4 = """{"answers": ["C"], "options": [["w", "x", "y", "é"]], "questions": ["Which ?"], "article": "Some \"story\".", "id": "high1.txt"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Fuzz(string file, string text, Action<string> read)
    {
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(text);
        var random = new Random(21);
        int refused = 0;
        for (int round = 0; round < 250; round++)
        {
            string path = _folder.Write(file, Damage(whole, random));
            try
            {
                read(path);
            }
            catch (DecantException e)
            {
                refused++;
                string place = file.Contains('/') ? Path.GetDirectoryName(path)! : path;
                Assert.Contains(place, e.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(refused, 25, 249);
    }

    // Bytes changed, a piece cut out, a piece repeated.
    private static byte[] Damage(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        for (int i = random.Next(3); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        int from = random.Next(bytes.Length), to = from + random.Next(bytes.Length - from);
        return random.Next(3) switch
        {
            0 => [.. bytes[..from], .. bytes[to..]],
            1 => [.. bytes[..to], .. bytes[from..]],
            _ => bytes,
        };
    }

    [Theory]
    [InlineData("csv", "text,label\n\"a \"\"b\"\", c\",x\nd é,y\n\"e\nf\",x\n")]
    [InlineData("tsv", "text\tlabel\na \"b\tx\nc é\ty\n")]
    [InlineData("jsonl", "{\"text\": \"a \\u00e9\", \"label\": \"x\"}\n{\"text\": \"b é\", \"label\": 5, \"more\": [null, {}]}\n")]
    public void OwnTables(string extension, string text) => Fuzz($"a.{extension}", text, path => TableReader.Load(path, new(), "train"));

    [Fact]
    public void OwnTablesWithNumbersAndWithSeveralLabels()
    {
        Fuzz("n.csv", "text,label\na,1.5\nb,-2e3\n", path => TableReader.Load(path, new() { Kind = TaskKind.Regression }, "train"));
        Fuzz("s.jsonl", "{\"text\": \"a\", \"label\": [\"x\", \"y\"]}\n{\"text\": \"b\", \"label\": []}\n", path => TableReader.Load(path, new() { Kind = TaskKind.MultiLabel }, "train"));
    }

    [Theory]
    [InlineData("sst-2", "sentence\tlabel\nno wit \t0\na \"fine\" é\t1\n")]
    [InlineData("sts-b", "i\tg\tf\ty\to\ts\ts\ta\tb\tscore\n0\tg\tf\t2012\t1\tn\tn\tA é\tB\t3.8\n1\tg\tf\t2012\t1\tn\tn\tC\tD\t0\n")]
    [InlineData("cola", "gj04\t1\t\tOur friends left.\ngj04\t0\t*\tFriends our left é.\n")]
    public void GlueFiles(string task, string text) => Fuzz("train.tsv", text, path => Glue.Load(task, Path.GetDirectoryName(path)!, "train"));

    [Fact]
    public void RaceFiles() => Fuzz("dev/high-1.txt", Race4, _ => Race.Load(_folder.Root, "dev"));
}
