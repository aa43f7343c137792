using Decant.Distillation.Reports.Tables;

namespace Decant.Distillation.Tests.Reports.Tables;

public class TextTableTests
{
    private static readonly TextTable Sample = new(["System", "Accuracy", "Time"],
    [
        [new("Teacher"), new("93.1"), new("101 s")],
        [new("PKD"), new("92.0 ± 0.3", IsBest: true), new("52.5 s")],
    ]);

    [Fact]
    public void Markdown() => Assert.Equal("""
        | System | Accuracy | Time |
        | --- | ---: | ---: |
        | Teacher | 93.1 | 101 s |
        | PKD | **92.0 ± 0.3** | 52.5 s |

        """, Sample.ToMarkdown());

    [Fact]
    public void Aligned_text() => Assert.Equal("""
        System     Accuracy      Time
        ───────  ────────────  ──────
        Teacher        93.1     101 s
        PKD      92.0 ± 0.3 *  52.5 s

        """, Sample.ToText());

    [Fact]
    public void A_hostile_name_breaks_neither_form()
    {
        var table = new TextTable(["System"], [[new("a|b\n# *c* <script>[x](y) \u001b[31m")]]);
        Assert.Equal("| System |\n| --- |\n| a\\|b # \\*c\\* &lt;script&gt;\\[x\\](y)  \\[31m |\n", table.ToMarkdown());
        Assert.Equal("a|b # *c* <script>[x](y)  [31m", table.ToText().Split('\n')[2]);
    }

    [Fact]
    public void Wide_letters_take_two_columns()
    {
        string[] lines = new TextTable(["System", "x"], [[new("蒸留 6"), new("1")], [new("abcdef"), new("2")]]).ToText().Split('\n');
        Assert.Equal(["蒸留 6  1", "abcdef  2"], lines[2..4]);
    }
}
