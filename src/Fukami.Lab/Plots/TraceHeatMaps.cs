using System.Globalization;

namespace Fukami.Lab;

/// <summary>Which heat maps a trace is drawn as: what was asked for by an option, or else the stream and the attention.</summary>
internal static class TraceHeatMaps
{
    private const int LabelLength = 10;
    private static readonly LocalizedText Position = new("token", "トークン");
    private static readonly LocalizedText Behind = new("behind layer", "この層の後");
    private static readonly LocalizedText Layer = new("layer", "層");

    /// <summary>The heat maps of a trace.</summary>
    /// <exception cref="SettingException">The trace has nothing to draw.</exception>
    public static IReadOnlyList<HeatMap> Of(TraceReport report)
    {
        string[] tokens = [.. report.Prompt.Texts.Select(Label)];
        var maps = new List<HeatMap>();
        if (report.Sweep is { } sweep)
        {
            maps.Add(new HeatMap(
                new LocalizedText($"How far a patch at {sweep.Site} turns {sweep.Of} (0 not, 1 all the way)", $"{sweep.Site} のパッチで {sweep.Of} がどれだけ変わるか（0: 不変、1: 完全に）"),
                Position,
                Layer,
                [.. sweep.Values.Select((row, layer) => (IReadOnlyList<double>)[.. row.Select((_, position) => sweep.Recovered(layer, position))])],
                tokens,
                0,
                Logarithmic: false));
        }

        if (report.Lens is { } lens)
        {
            maps.Add(new HeatMap(
                new LocalizedText("Logit lens: probability of the token that the model ends up with", "ロジットレンズ: 最終的に選ばれるトークンの確率"),
                Position,
                Behind,
                [.. lens.Layers.Select(row => (IReadOnlyList<double>)[.. row.Select(cell => cell.Final)])],
                tokens,
                0,
                Logarithmic: true));
        }

        if (report.Gradient is { Layers.Count: > 0 } gradient)
        {
            maps.Add(new HeatMap(
                new LocalizedText($"Norm of the stream's gradient, of {gradient.Of}", $"{gradient.Of} の勾配（残差ストリーム上のノルム）"),
                Position,
                Behind,
                gradient.Layers,
                tokens,
                0,
                Logarithmic: true));
        }

        if (maps.Count == 0 && report.Streams.Count > 0)
        {
            maps.Add(new HeatMap(
                new LocalizedText($"Size of the {report.Streams[0].Name}: norm/√width", $"{(report.Streams[0].Name == "stream" ? "残差ストリーム" : report.Streams[0].Name)}の大きさ: ノルム/√width"),
                Position,
                report.Streams[0].FirstLayer == 0 ? Behind : Layer,
                report.Streams[0].Sizes,
                tokens,
                0,
                Logarithmic: true));
        }

        if (report.Attention.Count > 0 && report.Sweep is null && report.Lens is null)
        {
            IGrouping<int, HeadFigures>[] layers = [.. report.Attention.GroupBy(head => head.Layer)];
            maps.Add(new HeatMap(
                new LocalizedText("Entropy of each head's pattern [nats]", "各ヘッドの注意パターンのエントロピー [nat]"),
                new LocalizedText("head", "ヘッド"),
                Layer,
                [.. layers.Select(heads => (IReadOnlyList<double>)[.. heads.Select(head => head.Entropy)])],
                [.. layers[0].Select(head => head.Head.ToString(CultureInfo.InvariantCulture))],
                layers[0].Key,
                Logarithmic: false));
        }

        return maps.Count > 0 ? maps : throw new SettingException(new LocalizedText(
            "There is nothing to draw: a plot needs the streams or the patterns; ask for them too, as with --point 'blocks.*.resid_*'.",
            "図にできるものがありません。図には残差ストリームか注意パターンが必要です。--point 'blocks.*.resid_*' のように指定してください。"));
    }

    private static string Label(string text)
    {
        string shown = text.Trim(' ') is { Length: > 0 } word ? word.Replace('\n', '⏎') : "␣";
        return shown.Length <= LabelLength ? shown : $"{shown[..(LabelLength - 1)]}…";
    }
}
