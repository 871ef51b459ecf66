namespace Fukami.Web;

/// <summary>Where others can reach the app, whoever has not signed in is led to the sign-in, whatever they asked for.</summary>
internal sealed class SharedAccessGate(RequestDelegate next, SharedAccess access)
{
    private static readonly string[] Open = [SignIn.Page, "/learner/sign-in", "/learner/new", "/_content", "/_framework", "/study.css", "/report.css", "/lab.css", "/look.js", "/icon.svg"];

    /// <summary>Lets through, or leads away.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!access.IsShared || SignIn.LearnerOf(context.User) is not null || Array.Exists(Open, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal)))
        {
            return next(context);
        }

        if (HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
        {
            context.Response.Redirect(SignIn.Page);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}
