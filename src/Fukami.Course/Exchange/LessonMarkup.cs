using ColorCode;
using Fukami.Lab;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Fukami.Course;

/// <summary>A lesson's Markdown as HTML: no markup of its own, no pictures from elsewhere, no links but to the web; mathematics as MathML.</summary>
public static class LessonMarkup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().DisableHtml().Build();

    /// <summary>The text as HTML; what the parser refuses is shown as it was written.</summary>
    internal static Html Of(string markdown, Func<ClaimLink, string>? addressOf = null)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            return Html.Of($"<pre>{markdown}</pre>");
        }

        foreach (LinkInline link in document.Descendants<LinkInline>().ToArray())
        {
            bool isWeb = Uri.TryCreate(link.Url, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
            if (!link.IsImage && addressOf is not null && ClaimLink.Parse(link.Url) is { } claim)
            {
                link.Url = addressOf(claim);
            }
            else if (link.IsImage || !isWeb)
            {
                var plain = new ContainerInline();
                while (link.FirstChild is { } child)
                {
                    child.Remove();
                    plain.AppendChild(child);
                }

                link.ReplaceBy(plain, copyChildren: false);
            }
        }

        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().ToArray())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.RemoveAll(known => known is HtmlMathInlineRenderer or HtmlMathBlockRenderer or HtmlTableRenderer);
        renderer.ObjectRenderers.Insert(0, new Highlighted());
        renderer.ObjectRenderers.Insert(0, new Inline());
        renderer.ObjectRenderers.Insert(0, new Display());
        renderer.ObjectRenderers.Insert(0, new ScrollingTable());
        renderer.Render(document);
        return new Html(writer.ToString());
    }

    /// <summary>The text as HTML, as a string.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="addressOf">Where a claim that the text links to can be looked at; without it such links are plain text.</param>
    public static string Text(string markdown, Func<ClaimLink, string>? addressOf = null) => Of(markdown, addressOf).Markup;

    private sealed class Inline : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj) => renderer.Write(MathMarkup.Of(obj.Content.ToString(), isBlock: obj.DelimiterCount > 1));
    }

    private sealed class Display : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj) => renderer.Write("<div class=\"scroll\">").Write(MathMarkup.Of(obj.Lines.ToString(), isBlock: true)).WriteLine("</div>");
    }

    // the highlighter writes each part of the code within a class of its own; how the classes look is the page's business
    private sealed class Highlighted : HtmlObjectRenderer<FencedCodeBlock>
    {
        private readonly CodeBlockRenderer plain = new();

        protected override void Write(HtmlRenderer renderer, FencedCodeBlock obj)
        {
            if (Languages.FindById(obj.Info ?? "") is { } language)
            {
                renderer.Write("<div class=\"code\" tabindex=\"0\">").Write(new HtmlClassFormatter().GetHtmlString(obj.Lines.ToString(), language)).WriteLine("</div>");
            }
            else
            {
                plain.Write(renderer, obj);
            }
        }
    }

    private sealed class ScrollingTable : HtmlObjectRenderer<Markdig.Extensions.Tables.Table>
    {
        private readonly HtmlTableRenderer inner = new();

        protected override void Write(HtmlRenderer renderer, Markdig.Extensions.Tables.Table obj)
        {
            renderer.Write("<div class=\"scroll\" tabindex=\"0\">");
            inner.Write(renderer, obj);
            renderer.WriteLine("</div>");
        }
    }
}
