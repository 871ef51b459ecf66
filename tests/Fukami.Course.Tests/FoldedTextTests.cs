using CsCheck;

namespace Fukami.Course.Tests;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("ｽｷｯﾌﾟ", "スキップ")]
    [InlineData("ｱﾃﾝｼｮﾝ", "アテンション")]
    [InlineData("ｸﾞﾗﾃﾞｨｴﾝﾄ｡", "グラディエント。")]
    [InlineData("ﾌﾞﾛｯｸ、ｳﾞ", "ブロック、ヴ")]
    [InlineData("ｱﾞ", "ア゛")]
    [InlineData("ＬａｙｅｒＮｏｒｍ　１２", "layernorm 12")]
    [InlineData("doesn’t", "doesn't")]
    public void Forms_of_one_character_are_one(string text, string folded) => Assert.Equal(folded, FoldedText.Fold(text));

    [Fact]
    public void What_is_found_in_half_width_is_quoted_as_the_learner_wrote_it()
    {
        var text = new FoldedText("これはｽｷｯﾌﾟ接続です");
        Range found = Assert.Single(text.Find(0..text.Text.Length, "スキップ接続"));
        Assert.Equal("ｽｷｯﾌﾟ接続", text.Quote(found));
    }

    [Fact]
    public void Any_text_can_be_quoted_whole() => Gen.String.Sample(text =>
    {
        var folded = new FoldedText(text);
        Assert.Equal(text.Trim(), folded.Quote(0..folded.Text.Length));
    });
}
