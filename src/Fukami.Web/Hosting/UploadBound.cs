using Microsoft.AspNetCore.Http.Features;

namespace Fukami.Web;

/// <summary>An upload that says it is too large is answered at once with a page that says so, and none of it is kept.</summary>
internal sealed class UploadBound(RequestDelegate next)
{
    /// <summary>Lets through, or answers.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > LearnerEndpoints.LargestUpload)
        {
            return next(context);
        }

        // what is on its way is thrown away as it comes: a browser reads no answer while it cannot send
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = null;
        }

        context.Response.Redirect($"{SignIn.Page}?said=too-large");
        return Task.CompletedTask;
    }
}
