using System.Globalization;
using System.Net;

namespace Fukami.Lab;

/// <summary>A piece of a page. Whatever is put into a template as text is encoded there, so that no name or prompt becomes markup.</summary>
/// <param name="Markup">The piece as HTML.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html None { get; } = new("");

    /// <summary>Markup with values in it: pieces stay as they are, all else is encoded, for contents and quoted attributes alike.</summary>
    public static Html Of(FormattableString template) => new(string.Format(CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Encode)]));

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.Markup + "\n")));

    /// <inheritdoc/>
    public override string ToString() => Markup;

    private static object Encode(object? value) => value is Html piece
        ? piece.Markup
        : WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
