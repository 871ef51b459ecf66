namespace Fukami.Cli.Tests;

public sealed class DisplayWidthTests
{
    [Theory]
    [InlineData("depth", 5)]
    [InlineData("深さ", 4)]
    [InlineData("勾配 x", 6)]
    [InlineData("█▏…±√", 5)]
    [InlineData("が", 2)]
    public void Japanese_characters_take_two_columns(string text, int columns) => Assert.Equal(columns, DisplayWidth.Of(text));

    [Fact]
    public void Japanese_breaks_between_characters_but_not_before_a_closing_mark()
    {
        List<string> lines = DisplayWidth.Wrap("各層に届く勾配は、どれくらいの大きさか。", 16);
        Assert.All(lines, l => Assert.True(DisplayWidth.Of(l) <= 18, l));
        Assert.All(lines, l => Assert.DoesNotMatch("^[、。]", l));
        Assert.Equal("各層に届く勾配は、どれくらいの大きさか。", string.Concat(lines));
    }

    [Fact]
    public void English_breaks_at_spaces() =>
        Assert.Equal(["one two", "three", "four"], DisplayWidth.Wrap("one two three four", 8));
}
