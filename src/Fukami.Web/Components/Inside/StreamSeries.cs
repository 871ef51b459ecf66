using Fukami.Lab;

namespace Fukami.Web.Components.Inside;

/// <summary>The size of the stream and of what is added to it, layer by layer, as series for a chart.</summary>
internal static class StreamSeries
{
    private static readonly Quantity Size = new("stream_size", new LocalizedText("size: norm / √features, mean over the positions", "大きさ: ノルム/√特徴数、位置の平均"), "", Logarithmic: true);
    private static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);

    /// <summary>The series; with something switched off, also those of the whole model.</summary>
    /// <param name="view">What is seen of the model.</param>
    /// <param name="language">The language of the names.</param>
    public static IReadOnlyList<Series> Of(InsideView view, Language language) => view.Cuts.Count == 0
        ? [.. view.Report.Streams.Select(stream => Line(stream, stream.Name))]
        : [.. view.Report.Streams.Select(stream => Line(stream, stream.Name)), .. view.Whole.Streams.Where(stream => stream.Name == "stream").Select(stream => Line(stream, language == Language.Japanese ? "stream（もとのモデル）" : "stream, whole model"))];

    private static Series Line(StreamFigures stream, string name) => new()
    {
        Name = name,
        Quantity = Size,
        XQuantity = Layer,
        X = [.. Enumerable.Range(stream.FirstLayer, stream.Sizes.Count).Select(layer => (double)layer)],
        Y = stream.Means,
        Low = [.. stream.Sizes.Select(positions => positions.Min())],
        High = [.. stream.Sizes.Select(positions => positions.Max())],
    };
}
