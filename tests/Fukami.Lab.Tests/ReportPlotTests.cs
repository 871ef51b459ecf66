using System.Xml.Linq;

namespace Fukami.Lab.Tests;

public sealed class ReportPlotTests
{
    private static readonly Report Sample = new SampleExperiment().Run(new SampleExperiment().Defaults);

    [Theory]
    [InlineData(Language.English, "gradient norm")]
    [InlineData(Language.Japanese, "勾配のノルム")]
    public void An_svg_names_its_quantities_and_series_in_the_language_asked_for(Language language, string label)
    {
        using var folder = new TemporaryFolder();
        ReportPlot.Write(Sample, folder["plot.svg"], language);
        XDocument svg = XDocument.Load(folder["plot.svg"]);
        string[] texts = [.. svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];
        Assert.Contains(label, texts);
        Assert.Contains("post", texts);
        Assert.Contains("pre", texts);
        Assert.Contains("100", texts);
    }

    [Fact]
    public void A_png_is_a_png()
    {
        using var folder = new TemporaryFolder();
        ReportPlot.Write(Sample, folder["plot.png"], Language.Japanese);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder["plot.png"])[..4]);
    }

    [Theory]
    [InlineData("plot.pdf")]
    [InlineData("plot")]
    public void Another_format_is_refused_with_what_is_allowed(string name)
    {
        SettingException e = Assert.Throws<SettingException>(() => ReportPlot.Probe(name));
        Assert.Contains(".svg or .png", e.Message, StringComparison.Ordinal);
    }
}
