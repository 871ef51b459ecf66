using System.Net;
using Fukami.Course;
using Fukami.Lab;
using Fukami.Web.Components.Study;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fukami.Web;

/// <summary>Where forms about learners go: who is at the browser, and everything of them out, in and away.</summary>
internal static class LearnerEndpoints
{
    /// <summary>The largest upload, in bytes.</summary>
    public const long LargestUpload = 64 << 20;

    /// <summary>Adds them. Every form carries its antiforgery token.</summary>
    public static void MapLearnerEndpoints(this WebApplication app)
    {
        RouteGroupBuilder learner = app.MapGroup("/learner");
        learner.MapPost("/new", NewAsync);
        learner.MapPost("/sign-in", SignInAsync);
        learner.MapPost("/sign-out", SignOutAsync);
        learner.MapPost("/passphrase", PassphraseAsync);
        learner.MapPost("/delete", DeleteAsync);
        learner.MapPost("/import", ImportAsync);
        learner.MapGet("/export", ExportAsync);
    }

    private static async Task<RedirectHttpResult> NewAsync(
        HttpContext context, ILearnerStore store, SharedAccess access, TimeProvider time, [FromForm] string? name, [FromForm] string? role, [FromForm] string? group, [FromForm] string? language, [FromForm] string? invitation, [FromForm] string? passphrase)
    {
        if (access.IsShared && !access.IsInvited(invitation))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), time).ConfigureAwait(false);
            return Again("invitation");
        }

        if ((access.IsShared || !string.IsNullOrEmpty(passphrase)) && !Passphrases.IsAllowed(passphrase))
        {
            return Again("passphrase-short");
        }

        Learner learner;
        try
        {
            learner = await store.AddAsync(PlainText.Of(name ?? ""), PlainText.Of(role ?? ""), PlainText.Of(group ?? ""), string.Equals(language, "ja", StringComparison.Ordinal) ? Language.Japanese : Language.English).ConfigureAwait(false);
        }
        catch (CourseException)
        {
            return Again("name");
        }

        if (!string.IsNullOrEmpty(passphrase))
        {
            access.Passphrases.Set(learner.Id, passphrase);
        }

        await SignIn.ChooseAsync(context, learner).ConfigureAwait(false);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<RedirectHttpResult> SignInAsync(HttpContext context, ILearnerStore store, SharedAccess access, TimeProvider time, [FromForm] string? name, [FromForm] string? passphrase)
    {
        Learner? learner = (await store.ListAsync().ConfigureAwait(false)).FirstOrDefault(known => string.Equals(known.Name, name?.Trim(), StringComparison.Ordinal));
        bool hasPassphrase = learner is not null && access.Passphrases.Has(learner.Id);
        bool isHere = context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote);
        if (learner is null || (hasPassphrase ? !access.Passphrases.Fits(learner.Id, passphrase, time.GetUtcNow()) : access.IsShared && !isHere))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), time).ConfigureAwait(false);
            return Again("sign-in");
        }

        await SignIn.ChooseAsync(context, learner).ConfigureAwait(false);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery)
    {
        // no field is read, so nothing else looks at the token
        if (!await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
        {
            return TypedResults.BadRequest();
        }

        await SignIn.LeaveAsync(context).ConfigureAwait(false);
        return TypedResults.LocalRedirect(SignIn.Page);
    }

    private static RedirectHttpResult PassphraseAsync(HttpContext context, SharedAccess access, TimeProvider time, [FromForm] string? current, [FromForm] string? passphrase)
    {
        if (SignIn.LearnerOf(context.User) is not { } learner)
        {
            return TypedResults.LocalRedirect(SignIn.Page);
        }

        if (access.Passphrases.Has(learner) && !access.Passphrases.Fits(learner, current, time.GetUtcNow()))
        {
            return TypedResults.LocalRedirect("/settings?said=passphrase-wrong");
        }

        if (string.IsNullOrEmpty(passphrase) ? access.IsShared : !Passphrases.IsAllowed(passphrase))
        {
            return TypedResults.LocalRedirect("/settings?said=passphrase-short");
        }

        access.Passphrases.Set(learner, string.IsNullOrEmpty(passphrase) ? null : passphrase);
        return TypedResults.LocalRedirect("/settings?said=passphrase-set");
    }

    private static async Task<RedirectHttpResult> DeleteAsync(HttpContext context, ILearnerStore store, SharedAccess access, [FromForm] string? confirm)
    {
        if (SignIn.LearnerOf(context.User) is not { } id || await store.FindAsync(id).ConfigureAwait(false) is not { } learner)
        {
            return TypedResults.LocalRedirect(SignIn.Page);
        }

        if (!string.Equals(confirm?.Trim(), learner.Name, StringComparison.Ordinal))
        {
            return TypedResults.LocalRedirect("/settings?said=name-differs");
        }

        await store.DeleteAsync(id).ConfigureAwait(false);
        access.Passphrases.Set(id, null);
        await SignIn.LeaveAsync(context).ConfigureAwait(false);
        return TypedResults.LocalRedirect($"{SignIn.Page}?said=deleted");
    }

    private static async Task<RedirectHttpResult> ImportAsync(HttpContext context, LearnerStore store, SharedAccess access, IFormFile? file)
    {
        // whoever can reach the app from elsewhere comes by invitation, and not with a file
        if (file is null || access.IsShared)
        {
            return Again("import");
        }

        try
        {
            Stream stream = file.OpenReadStream();
            await using (stream.ConfigureAwait(false))
            {
                await SignIn.ChooseAsync(context, await LearnerTransfer.ImportAsync(store, stream).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
        catch (CourseException)
        {
            return Again("import");
        }

        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> ExportAsync(HttpContext context, ILearnerStore store)
    {
        if (SignIn.LearnerOf(context.User) is not { } id || await store.FindAsync(id).ConfigureAwait(false) is not { } learner)
        {
            return TypedResults.LocalRedirect(SignIn.Page);
        }

        var json = new MemoryStream();
        await LearnerTransfer.ExportAsync(store, learner.Id, json).ConfigureAwait(false);
        json.Position = 0;
        return TypedResults.File(json, "application/json", $"fukami-{learner.Id}.json");
    }

    private static RedirectHttpResult Again(string what) => TypedResults.LocalRedirect($"{SignIn.Page}?said={what}");
}
