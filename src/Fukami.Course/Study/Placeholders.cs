using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Fills in what a text says of the learner: <c>{{measured:block/claim@subject}}</c>, and in a <see cref="WhenBlock"/> <c>{{answer}}</c> and <c>{{misconception}}</c>.</summary>
internal static partial class Placeholders
{
    private const string Missing = "—";

    [GeneratedRegex(@"\{\{measured:(?<block>[\w-]+)/(?<figure>[^{}]+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex MeasuredPattern { get; }

    /// <summary>All blocks and figures that a text names.</summary>
    public static IEnumerable<(string Block, string Figure)> Measured(string text) =>
        MeasuredPattern.Matches(text).Select(match => (match.Groups["block"].Value, match.Groups["figure"].Value));

    /// <summary>The text with the learner's own figures; a dash for what was not measured.</summary>
    public static string FillMeasured(string text, SessionProgress? progress) => MeasuredPattern.Replace(text, match =>
        progress is not null
        && progress.Measured.TryGetValue(match.Groups["block"].Value, out ExperimentMeasured? measured)
        && measured.Figures.TryGetValue(match.Groups["figure"].Value, out double figure)
            ? Show(figure)
            : Missing);

    /// <summary>The text with the learner's own answer about a concept.</summary>
    public static string FillStanding(string text, ConceptStanding standing, ConceptMap concepts, Language language) => text
        .Replace("{{answer}}", standing.Answer ?? Missing, StringComparison.Ordinal)
        .Replace("{{misconception}}", standing.Misconception is { } id && concepts.FindMisconception(id) is { } found ? found.Misconception.Belief.In(language) : Missing, StringComparison.Ordinal);

    /// <summary>A figure as a person reads it.</summary>
    public static string Show(double figure) => figure switch
    {
        0 => "0",
        _ when !double.IsFinite(figure) => figure.ToString(CultureInfo.InvariantCulture),
        _ when Math.Abs(figure) is >= 1e-3 and < 1e5 => figure.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−'),
        _ => figure.ToString("0.##E0", CultureInfo.InvariantCulture).Replace('-', '−'),
    };
}
