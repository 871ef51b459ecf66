using System.Xml.Linq;
using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Course.Tests;

/// <summary>Figures of lessons as pictures.</summary>
public sealed class LessonFigureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Arrangements => [.. ResidualConnections.All.Select(arrangement => arrangement.Name)];

    [Theory]
    [InlineData("none", false, 0)]
    [InlineData("none-norm", false, 1)]
    [InlineData("plain", true, 0)]
    [InlineData("post", true, 1)]
    [InlineData("pre", true, 1)]
    [InlineData("sandwich", true, 2)]
    [InlineData("deepnorm", true, 1)]
    [InlineData("rezero", true, 0)]
    [InlineData("scaled-pre", true, 1)]
    public void A_layer_has_the_normalizations_and_skip_paths_of_its_arrangement_twice(string residual, bool hasSkip, int norms)
    {
        XElement picture = Layer(residual, Language.English);
        string[] words = [.. picture.Elements(Svg + "text").Select(text => text.Value)];
        Assert.Equal(2 * norms, words.Count(word => word is "N" or "N/√l"));
        Assert.Equal(hasSkip ? 2 : 0, words.Count(word => word == "skip path"));
        Assert.Equal(hasSkip ? 2 : 0, picture.Elements(Svg + "circle").Count());
    }

    [Fact]
    public void In_post_norm_the_normalization_stands_on_the_stream_and_in_pre_norm_beside_it()
    {
        int stream = XOf(Layer("post", Language.English), "x");
        Assert.Equal(stream, XOf(Layer("post", Language.English), "N"));
        Assert.NotEqual(stream, XOf(Layer("pre", Language.English), "N"));
        Assert.Equal(XOf(Layer("pre", Language.English), "attention"), XOf(Layer("pre", Language.English), "N"));
    }

    [Fact]
    public void Parallel_sublayers_share_one_normalization_and_are_both_added()
    {
        XElement picture = Layer("parallel", Language.English);
        Assert.Single(picture.Elements(Svg + "text"), text => text.Value == "N");
        Assert.Equal(2, picture.Elements(Svg + "circle").Count());
    }

    [Theory]
    [MemberData(nameof(Arrangements))]
    public void Every_arrangement_has_a_picture_that_says_what_it_shows_in_both_languages(string residual)
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            AssertReadable(Layer(residual, language), language);
        }

        Assert.NotEqual(Layer(residual, Language.English).Element(Svg + "desc")!.Value, Layer(residual, Language.Japanese).Element(Svg + "desc")!.Value);
    }

    [Theory]
    [InlineData("residual-block")]
    [InlineData("tensor-axes")]
    [InlineData("attention")]
    public void Every_other_drawing_says_what_it_shows_in_both_languages(string draw)
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            AssertReadable(Picture(draw, language, [])!, language);
        }
    }

    [Theory]
    [InlineData("layer", "nowhere")]
    [InlineData("layer", "")]
    [InlineData("layer", "<script>")]
    [InlineData("flower", "post")]
    [InlineData("", "post")]
    public void What_cannot_be_drawn_has_no_picture(string draw, string residual) => Assert.Null(Picture(draw, Language.English, new() { ["residual"] = residual }));

    [Fact]
    public void Every_figure_of_the_course_stands_on_its_page_with_ids_of_its_own()
    {
        CourseContent course = CourseFolder.Open(CourseFolder.Shipped);
        foreach (Session session in course.Sessions(Language.Japanese).Concat(course.Sessions(Language.English)))
        {
            FigureBlock[] figures = [.. session.AllBlocks.OfType<FigureBlock>()];
            Assert.NotEmpty(figures);
            foreach (FigureBlock figure in figures)
            {
                Assert.Contains($"id=\"figure-{figure.Id}-title\"", LessonFigure.Svg(figure, session.Language), StringComparison.Ordinal);
            }
        }
    }

    // role, name and description for a screen reader; the page's own colours; nothing outside the frame
    private static void AssertReadable(XElement picture, Language language)
    {
        Assert.Equal("img", picture.Attribute("role")!.Value);
        string[] named = picture.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.Equal([picture.Element(Svg + "title")!.Attribute("id")!.Value, picture.Element(Svg + "desc")!.Attribute("id")!.Value], named);
        string description = picture.Element(Svg + "desc")!.Value;
        Assert.EndsWith(language == Language.Japanese ? "。" : ".", description, StringComparison.Ordinal);
        string[] colours = [.. picture.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "stroke").Select(attribute => attribute.Value).Distinct()];
        Assert.All(colours, colour => Assert.Contains(colour, (string[])["none", "currentColor", "var(--link, currentColor)"]));
        int width = (int)picture.Attribute("width")!;
        int height = (int)picture.Attribute("height")!;
        Assert.All(picture.Elements(Svg + "rect"), box => Assert.True((int)box.Attribute("x")! > 0 && (int)box.Attribute("x")! + (int)box.Attribute("width")! < width && (int)box.Attribute("y")! + (int)box.Attribute("height")! < height));
        Assert.All(picture.Elements(Svg + "text"), text => Assert.InRange((int)text.Attribute("y")!, 10, height - 4));
    }

    private static int XOf(XElement picture, string word) => (int)picture.Elements(Svg + "text").First(text => text.Value == word).Attribute("x")!;

    private static XElement Layer(string residual, Language language) => Picture("layer", language, new() { ["residual"] = residual })!;

    private static XElement? Picture(string draw, Language language, Dictionary<string, string> arguments) =>
        LessonFigure.Svg(new FigureBlock(draw, arguments, "caption") { Id = "a-figure", Line = 1 }, language) is { } svg ? XElement.Parse(svg) : null;
}
