using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Web;

/// <summary>Something that a learner switches off in a model: a branch of a layer, one head, or the skip paths of a layer. As text: <c>attn.3</c>, <c>mlp.3</c>, <c>head.3.1</c>, <c>skip.3</c>.</summary>
/// <param name="Kind">What: <c>attn</c>, <c>mlp</c>, <c>head</c> or <c>skip</c>.</param>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Head">The head, from 0.</param>
public sealed record Cut(string Kind, int Layer, int Head = 0)
{
    /// <summary>The output of a layer's attention.</summary>
    public const string Attention = "attn";

    /// <summary>The output of a layer's feed-forward sublayer.</summary>
    public const string FeedForward = "mlp";

    /// <summary>What one head gives to the output.</summary>
    public const string OneHead = "head";

    /// <summary>The skip paths of a layer.</summary>
    public const string Skip = "skip";

    /// <summary>The cuts of a list parted by commas; what is none is left out.</summary>
    public static IReadOnlyList<Cut> ParseAll(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<Cut>().Distinct()];

    /// <summary>The text of cuts, as <see cref="ParseAll"/> reads it.</summary>
    public static string Text(IEnumerable<Cut> cuts) => string.Join(',', cuts.Select(cut => cut.ToString()));

    /// <inheritdoc/>
    public override string ToString() => Kind == OneHead
        ? string.Create(CultureInfo.InvariantCulture, $"{Kind}.{Layer}.{Head}")
        : string.Create(CultureInfo.InvariantCulture, $"{Kind}.{Layer}");

    /// <summary>What is replaced in a pass.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="InspectionException">The model has no such part.</exception>
    public IEnumerable<Intervention> Interventions(Transformer model) => Kind switch
    {
        Skip => SkipPathAblation.Of(model, Layer),
        OneHead => [new ZeroAblation(Point("attn.z")) { Head = AttentionHead.Of(model.Settings, Head) }],
        FeedForward => [new ZeroAblation(Point("mlp_out"))],
        _ => [new ZeroAblation(Point("attn_out"))],
    };

    /// <summary>Whether a model has the part.</summary>
    public bool IsOf(TransformerSettings settings) => Layer < settings.Depth && (Kind != OneHead || Head < settings.Heads);

    private string Point(string name) => string.Create(CultureInfo.InvariantCulture, $"blocks.{Layer}.{name}");

    private static Cut? Parse(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == (parts[0] == OneHead ? 3 : 2)
            && parts[0] is Attention or FeedForward or OneHead or Skip
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int head)
            ? new Cut(parts[0], layer, parts[0] == OneHead ? head : 0)
            : null;
    }
}
