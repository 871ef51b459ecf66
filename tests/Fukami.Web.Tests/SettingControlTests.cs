using AngleSharp.Dom;
using Bunit;
using Fukami.Lab;
using Fukami.Web.Components;
using Fukami.Web.Components.Lab;

namespace Fukami.Web.Tests;

public sealed class SettingControlTests : BunitContext
{
    public static TheoryData<string> Experiments => [.. ExperimentCatalog.All.Select(experiment => experiment.Id)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Every_setting_has_a_control_with_a_name_and_an_explanation(string id)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        foreach (Setting setting in experiment.Settings)
        {
            IRenderedComponent<SettingControl> control = Show(setting, setting.DefaultText, _ => { });
            IElement named = control.Find($"#set-{setting.Name}");
            string name = named.TagName == "FIELDSET" ? control.Find("legend").TextContent : control.Find($"label[for=set-{setting.Name}]").TextContent;
            Assert.Equal(setting.Name, name.Trim());
            Assert.Contains(setting.Explanation.Japanese, control.Find($"#{named.GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Every_setting_is_in_one_group_and_the_seeds_come_last(string id)
    {
        Experiment experiment = ExperimentCatalog.Find(id)!;
        var groups = SettingGroups.Of(experiment);
        Assert.Equal(experiment.Settings.Select(setting => setting.Name).Order(), groups.First.Concat(groups.Others).Concat(groups.Repetition).Select(setting => setting.Name).Order());
        Assert.All(groups.Repetition, setting => Assert.Contains(setting.Name, (string[])["seeds", "seed"]));
        Assert.InRange(groups.First.Count, 1, 6);
    }

    [Theory]
    [MemberData(nameof(Experiments))]
    public void A_slider_stops_at_allowed_values_only_and_at_the_default(string id)
    {
        foreach (Setting setting in ExperimentCatalog.Find(id)!.Settings)
        {
            string[] stops = setting switch
            {
                IntegerSetting whole => [.. SliderStops.Of(whole, whole.Default).Select(whole.Format)],
                RealSetting real => [.. SliderStops.Of(real, real.Default).Select(real.Format)],
                _ => [setting.DefaultText],
            };
            Assert.Contains(setting.DefaultText, stops);
            Assert.All(stops, stop => new SettingValues([setting]).With(setting.Name, stop));
        }
    }

    [Fact]
    public void A_slider_gives_the_value_that_it_stands_at()
    {
        string? given = null;
        var depth = new IntegerSetting("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。"));
        IRenderedComponent<SettingControl> control = Show(depth, "12", value => given = value);
        int at = SliderStops.Of(depth, 12).ToList().IndexOf(13);
        control.Find("input[type=range]").Input(at.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("13", given);
    }

    [Fact]
    public void What_the_page_refuses_is_drawn_anew_so_that_the_fields_show_what_holds()
    {
        string[] allowed = ["layer", "rms"];
        Setting[] settings =
        [
            new IntegerSetting("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。")),
            new ChoiceSetting("norm", "layer", allowed, new LocalizedText("Norm.", "正規化。")),
            new ChoicesSetting("norms", ["layer"], allowed, new LocalizedText("Norms.", "正規化。")),
            new TextSetting("prompt", "", new LocalizedText("any text", "文字列"), new LocalizedText("Prompt.", "プロンプト。")),
        ];
        foreach (Setting setting in settings)
        {
            IRenderedComponent<SettingControl> control = Show(setting, setting.DefaultText, _ => { });
            foreach (int field in Enumerable.Range(0, control.FindAll("input, select").Count))
            {
                control.Render(parameters => parameters.Add(shown => shown.Text, setting.DefaultText)); // the page is drawn, with nothing new for the control
                int drawn = control.RenderCount;
                Change(control.FindAll("input, select")[field]);
                Assert.Equal(drawn + 1, control.RenderCount);
            }
        }

        static void Change(IElement field)
        {
            switch (field.GetAttribute("type"))
            {
                case "range":
                    field.Input("3");
                    break;
                case "checkbox":
                    field.Change(!field.HasAttribute("checked"));
                    break;
                default:
                    field.Change("7");
                    break;
            }
        }
    }

    [Fact]
    public void Coming_near_a_slider_is_told_and_draws_nothing()
    {
        int near = 0;
        IRenderedComponent<SettingControl> control = Show(new IntegerSetting("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。")), "12", _ => { });
        control.Render(parameters => parameters.Add(shown => shown.Approached, () => near++));
        control.Find("input[type=range]").Focus();
        control.Find(".slider-and-number").TriggerEvent("onpointerenter", new Microsoft.AspNetCore.Components.Web.PointerEventArgs());
        Assert.Equal((2, 1), (near, control.RenderCount));
    }

    [Fact]
    public void A_page_that_is_drawn_for_another_reason_leaves_the_control_alone()
    {
        var depth = new IntegerSetting("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。"));
        IRenderedComponent<SettingControl> control = Show(depth, "12", _ => { });
        control.Render(parameters => parameters.Add(shown => shown.Text, "12"));
        Assert.Equal(1, control.RenderCount);
        control.Render(parameters => parameters.Add(shown => shown.Text, "13"));
        Assert.Equal(2, control.RenderCount);
    }

    [Fact]
    public void A_choice_taken_away_and_put_back_leaves_what_was_there()
    {
        var norms = new ChoicesSetting("norm", ["rms", "layer"], ["layer", "rms", "batch"], new LocalizedText("Norms.", "正規化。"));
        string text = "rms,layer";
        IRenderedComponent<SettingControl> control = Show(norms, text, value => text = value);
        control.FindAll("input")[1].Change(false);
        Assert.Equal("layer", text);
        control = Show(norms, text, value => text = value);
        control.FindAll("input")[1].Change(true);
        Assert.Equal(norms.DefaultText, text);
    }

    [Fact]
    public void What_is_not_allowed_says_what_is()
    {
        var depth = new IntegerSetting("depth", 12, 1, 1000, new LocalizedText("Layers.", "層の数。"));
        IRenderedComponent<SettingControl> control = Show(depth, "0", _ => { }, isWrong: true);
        Assert.Equal("true", control.Find("#set-depth").GetAttribute("aria-invalid"));
        Assert.Contains("1 から 1000", control.Find("#set-depth-about").TextContent, StringComparison.Ordinal);
        Assert.Equal(control.Find("input[type=range]").GetAttribute("value"), Show(depth, "12", _ => { }).Find("input[type=range]").GetAttribute("value"));
        Assert.Equal("12", control.Find("input[type=range]").GetAttribute("aria-valuetext"));
    }

    [Fact]
    public void What_only_contradicts_the_other_settings_is_marked_but_not_called_out_of_bounds()
    {
        var width = new IntegerSetting("width", 32, 1, 8192, new LocalizedText("Features.", "次元数。"));
        IRenderedComponent<SettingControl> control = Show(width, "30", _ => { }, isWrong: true);
        Assert.Equal("true", control.Find("#set-width").GetAttribute("aria-invalid"));
        Assert.Equal("次元数。", control.Find("#set-width-about").TextContent);
        Assert.Equal("30", control.Find("input[type=range]").GetAttribute("aria-valuetext"));
    }

    private IRenderedComponent<SettingControl> Show(Setting setting, string text, Action<string> changed, bool isWrong = false) => Render<SettingControl>(parameters => parameters
        .AddCascadingValue(new PageLook(Language.Japanese, "auto", false, "normal"))
        .Add(control => control.Setting, setting)
        .Add(control => control.Text, text)
        .Add(control => control.IsWrong, isWrong)
        .Add(control => control.Changed, changed));
}
