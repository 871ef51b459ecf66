using CsCheck;
using Fukami.Lab;

namespace Fukami.Web.Tests;

public sealed class LabAddressTests
{
    private static readonly Experiment GradientFlow = ExperimentCatalog.Find("gradient-flow")!;

    public static TheoryData<string, string> Presets => [.. ExperimentCatalog.All.SelectMany(experiment => experiment.Presets.Select(preset => (experiment.Id, preset.Id)))];

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_and_its_settings_come_back_from_their_address(string experiment, string preset)
    {
        Experiment known = ExperimentCatalog.Find(experiment)!;
        var address = new LabAddress(known, known.Defaults.With(known.Preset(preset).Assignments).With("seed", "7"), known.Preset(preset));
        LabAddress read = LabAddress.Read(known, address.Query);
        Assert.Equal(RepeatingCommand.Of(known, address.Settings), RepeatingCommand.Of(known, read.Settings));
        Assert.Equal(preset, read.Preset?.Id);
        Assert.Equal(address.Query, read.Query);
    }

    [Fact]
    public void The_defaults_need_no_settings_in_their_address() =>
        Assert.Equal("lab/gradient-flow", new LabAddress(GradientFlow, GradientFlow.Defaults).Page);

    [Fact]
    public void A_setting_changed_back_from_its_preset_to_the_default_stays_changed()
    {
        Preset preset = GradientFlow.Preset("free-way");
        var address = new LabAddress(GradientFlow, GradientFlow.Defaults.With(preset.Assignments).With("depth", "12"), preset);
        Assert.Equal("12", LabAddress.Read(GradientFlow, address.Query).Settings.Text("depth"));
    }

    [Fact]
    public void A_text_with_any_characters_comes_back_from_its_address()
    {
        Gen.String.Where(text => text.Length < 200 && !text.Any(char.IsSurrogate)).Sample(text =>
        {
            var address = new LabAddress(GradientFlow, GradientFlow.Defaults.With("prompt", text));
            return string.Equals(LabAddress.Read(GradientFlow, address.Query).Settings.Text("prompt"), text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("?nonsense=1", "nonsense")]
    [InlineData("?depth=0", "from 1 to 1000")]
    [InlineData("?depth=deep", "from 1 to 1000")]
    [InlineData("?preset=nonsense", "nonsense")]
    [InlineData("?width=30&heads=4", "30")]
    [InlineData("?residual=pre,pre", "each once")]
    public void What_is_impossible_in_an_address_is_said(string query, string part)
    {
        LabException refused = Assert.ThrowsAny<LabException>(() => LabAddress.Read(GradientFlow, query));
        Assert.Contains(part, refused.Sentence.English, StringComparison.Ordinal);
        Assert.DoesNotContain("--set", refused.Sentence.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_an_address_holds_it_is_read_or_refused_with_a_sentence() => Gen.String.Sample(query =>
    {
        try
        {
            return LabAddress.Read(GradientFlow, query).Settings is not null;
        }
        catch (LabException)
        {
            return true;
        }
    });

    [Fact]
    public void An_endless_address_is_not_read() =>
        Assert.ThrowsAny<LabException>(() => LabAddress.Read(GradientFlow, "?prompt=" + new string('a', 100_000)));

    [Fact]
    public void Two_runs_come_back_from_the_address_that_compares_them()
    {
        var a = new LabAddress(GradientFlow, GradientFlow.Defaults.With("depth", "24"));
        var b = new LabAddress(GradientFlow, GradientFlow.Defaults.With(["residual=pre,post", "norm=rms"]));
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(LabComparison.Page(a, b).Split('?', 2)[1]);
        (LabAddress first, LabAddress second) = (LabComparison.Read(query["a"]), LabComparison.Read(query["b"]));
        Assert.Equal((a.Page, b.Page), (first.Page, second.Page));
        Assert.Equal(["residual", "norm", "depth"], LabComparison.Settings(first, second).Where(pair => pair.A != pair.B).Select(pair => pair.Name));
    }
}
