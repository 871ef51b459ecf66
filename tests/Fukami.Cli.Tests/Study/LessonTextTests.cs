namespace Fukami.Cli.Tests;

public sealed class LessonTextTests
{
    [Theory]
    [InlineData(@"\frac{\partial y}{\partial x} = I + \frac{\partial F}{\partial x}", "∂y/∂x = I + ∂F/∂x")]
    [InlineData(@"\mathrm{softmax}\!\left(\frac{QK^{\top}}{\sqrt{d}}\right)V", "softmax(QKᵀ/√d)V")]
    [InlineData(@"\sqrt{\text{variance} + ε}", "√(variance + ε)")]
    [InlineData("10^{13}", "10¹³")]
    [InlineData("e^{-∞} = 0", "e^(−∞) = 0")]
    [InlineData(@"\sqrt{ 4 } = 2", "√4 = 2")]
    [InlineData("W_q", "W_q")]
    public void Mathematics_reads_as_a_line_of_text(string latex, string text) => Assert.Equal(text, MathText.Of(latex));

    [Theory]
    [InlineData('{')]
    [InlineData('^')]
    [InlineData('}')]
    [InlineData('\\')]
    public void Mathematics_that_nests_without_end_is_read_to_its_end(char sign) => Assert.NotNull(MathText.Of(new string(sign, 50_000)));

    [Fact]
    public void A_link_to_a_claim_is_its_text_with_the_claim_behind_it() =>
        Assert.Equal(["the gradient falls [gradient-flow/plain-net-vanishes]"], Plain("[the gradient falls](claim:gradient-flow/plain-net-vanishes)", 78));

    [Fact]
    public void A_list_is_indented_under_its_marks() =>
        Assert.Equal(["  1. one two", "     three", "  2. four"], Plain("1. one two three\n2. four", 14));

    [Fact]
    public void A_table_that_is_too_wide_breaks_within_its_cells()
    {
        string[] lines = Plain("| a | b |\n| --- | --- |\n| one two three four five six | seven |", 24);
        Assert.All(lines, line => Assert.True(DisplayWidth.Of(line) <= 24, line));
        Assert.Contains(lines, line => line.Contains("six", StringComparison.Ordinal));
    }

    [Fact]
    public void No_line_of_a_japanese_lesson_begins_with_a_closing_mark_or_is_too_wide()
    {
        string[] files = Directory.GetFiles(Path.Combine(Fukami.Course.CourseFolder.Shipped, "ja"), "*.md");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            foreach (string line in Plain(File.ReadAllText(file), 60).Where(line => !line.Contains(':', StringComparison.Ordinal)))
            {
                Assert.DoesNotMatch("^ *[、。，）」』】ゃゅょっー]", line);
                Assert.True(DisplayWidth.Of(line) <= 60 || !line.Contains(' ', StringComparison.Ordinal), line);
            }
        }
    }

    [Fact]
    public void What_a_lesson_or_a_learner_writes_cannot_command_the_terminal() =>
        Assert.DoesNotContain('\u001b', string.Concat(Plain("a \u001b[31mred\u001b[0m `\u001b[2J` <script>", 78)));

    [Fact]
    public void Without_colour_no_code_is_written_and_with_colour_bold_survives_a_line_break()
    {
        string[] lines = ["one " + Ink.Bold("two")[..^1], "three\u2062 four"];
        Assert.Equal(["one two", "three four"], Ink.Written(lines, colour: false));
        Assert.Equal(["one \u001b[1mtwo\u001b[0m", "\u001b[1mthree\u001b[0m four"], Ink.Written(lines, colour: true));
    }

    private static string[] Plain(string markdown, int columns) => [.. Ink.Written(LessonText.Lines(markdown, columns), colour: false)];
}
