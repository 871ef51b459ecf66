using Microsoft.AspNetCore.Diagnostics;

namespace Fukami.Web;

/// <summary>An address that leads nowhere is answered with a page that says so, but only to whoever asks for a page; a form that is refused is told so and no more.</summary>
internal sealed class PagesOnly(RequestDelegate next)
{
    /// <summary>Leaves the page for what is no request for one.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }
}
