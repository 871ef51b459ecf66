using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary>An intervention as it is typed: <c>POINT[#HEAD][=zero|mean|resample][@POSITIONS]</c>, for example <c>blocks.*.attn_out=mean@3,5-7</c>.</summary>
/// <param name="Points">The points.</param>
/// <param name="Head">The head; none: all.</param>
/// <param name="Kind">What takes the place of the value.</param>
/// <param name="Positions">The positions; none: all.</param>
internal sealed record InterventionOption(IReadOnlyList<string> Points, AttentionHead? Head, string Kind, IReadOnlyList<int>? Positions)
{
    private static readonly string[] Kinds = ["zero", "mean", "resample"];

    /// <summary>Reads one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="length">Positions of the prompt.</param>
    /// <exception cref="LabException">It is none.</exception>
    public static InterventionOption Parse(Transformer model, string text, int length)
    {
        string[] at = text.Split('@', 2);
        string[] kind = at[0].Split('=', 2);
        string[] head = kind[0].Split('#', 2);
        string named = kind.Length > 1 ? kind[1] : Kinds[0];
        if (!Kinds.Contains(named, StringComparer.Ordinal))
        {
            throw new UsageException(new LocalizedText(
                $"“{named}” in “{text}” is no way to ablate; give {string.Join(", ", Kinds)}.",
                $"「{text}」の「{named}」という方法はありません。{string.Join("、", Kinds)} のどれかを指定してください。"));
        }

        IReadOnlyList<string> points = PointPattern.Find(model, head[0]);
        AttentionHead? one = null;
        if (head.Length > 1)
        {
            if (points.FirstOrDefault(point => !point.Contains(".attn.", StringComparison.Ordinal)) is { } other)
            {
                throw new UsageException(new LocalizedText(
                    $"“{text}” names a head, and {other} has none; heads stand at points such as blocks.0.attn.z.",
                    $"「{text}」はヘッドを指定していますが、{other} はヘッドに分かれていません。ヘッドは blocks.0.attn.z のような点にあります。"));
            }

            one = AttentionHead.Of(model.Settings, Number(head[1], text, model.Settings.Heads - 1, "head", "ヘッド"));
        }

        return new InterventionOption(points, one, named, at.Length > 1 ? Range(at[1], text, length) : null);
    }

    /// <summary>The ablations that are meant.</summary>
    /// <param name="source">A pass over the other prompt, or the traced one if there is none, with the points captured.</param>
    /// <param name="own">Whether that is the traced prompt itself: then a resampled position gets the value of any of its positions.</param>
    public IEnumerable<Intervention> Ablations(PointCapture? source, bool own) => Points.Select(point => Placed(Kind switch
    {
        "mean" => MeanAblation.Of(point, source!),
        "resample" => new ResampleAblation(point, source!, new RandomSource(1)) { AnyPosition = own },
        _ => new ZeroAblation(point),
    }));

    /// <summary>The patches that are meant.</summary>
    /// <param name="source">A pass over the other prompt, with the points captured.</param>
    public IEnumerable<Intervention> Patches(PointCapture source) => Points.Select(point => Placed(new Patch(point, source)));

    /// <summary>Whether another pass is needed.</summary>
    public bool NeedsSource => Kind is not "zero";

    private Intervention Placed(Intervention intervention) => intervention with { Positions = Positions, Head = Head };

    // 3,5-7
    private static List<int> Range(string positions, string text, int length)
    {
        var found = new SortedSet<int>();
        foreach (string part in positions.Split(','))
        {
            string[] ends = part.Split('-', 2);
            int first = Number(ends[0], text, length - 1, "position", "位置"), last = Number(ends[^1], text, length - 1, "position", "位置");
            found.UnionWith(Enumerable.Range(first, Math.Max(0, last - first + 1)));
        }

        return found.Count > 0 ? [.. found] : throw new UsageException(new LocalizedText(
            $"The positions in “{text}” run backwards; give them as in @3,5-7.",
            $"「{text}」の位置の範囲が逆です。@3,5-7 のように指定してください。"));
    }

    private static int Number(string number, string text, int most, string english, string japanese) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= most
            ? value
            : throw new UsageException(new LocalizedText(
                $"“{number}” in “{text}” is no {english}; give one from 0 to {most}.",
                $"「{text}」の「{number}」は{japanese}の番号ではありません。0 から {most} までで指定してください。"));
}
