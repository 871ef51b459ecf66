using System.Text;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>An experiment's report as a file: <c>/lab/{id}/report.{kind}?settings</c>, for the learner who is signed in.</summary>
internal static class LabEndpoints
{
    /// <summary>The kinds of file, with their media types.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["json"] = "application/json",
        ["csv"] = "text/csv; charset=utf-8",
        ["png"] = "image/png",
        ["svg"] = "image/svg+xml",
        ["html"] = "text/html; charset=utf-8",
    };

    /// <summary>Adds them.</summary>
    public static void MapLabEndpoints(this WebApplication app) => app.MapGet("/lab/{id}/report.{kind}", ReportAsync);

    private static async Task<IResult> ReportAsync(
        string id, string kind, HttpContext context, ILearnerStore store, ExperimentQueue queue, RecentReports reports, ModelAccess models, CancellationToken aborted)
    {
        if (SignIn.LearnerOf(context.User) is not { } who || await store.FindAsync(who, aborted) is not { } learner)
        {
            return TypedResults.LocalRedirect(SignIn.Page);
        }

        if (ExperimentCatalog.Find(id) is not { } experiment || !Kinds.TryGetValue(kind, out string? type))
        {
            return TypedResults.NotFound();
        }

        try
        {
            SettingValues settings = models.Open(LabAddress.Read(experiment, context.Request.QueryString.ToString()).Settings);
            Report? report = reports.Find(experiment, settings);
            if (report is null)
            {
                report = await queue.RunAsync(learner.Id, new object(), experiment, settings, cancellation: aborted);
                reports.Keep(report);
            }

            return TypedResults.File(Content(report, kind, learner.Language), type, $"fukami-{experiment.Id}-{report.Fingerprint[7..15]}.{kind}");
        }
        catch (LabException e)
        {
            return TypedResults.Text(e.Sentence.In(learner.Language), "text/plain; charset=utf-8", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (OperationCanceledException)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static byte[] Content(Report report, string kind, Language language)
    {
        using var stream = new MemoryStream();
        switch (kind)
        {
            case "json":
                ReportJson.Write(report, stream);
                break;
            case "csv":
                using (var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
                {
                    ReportCsv.Write(report, text);
                }

                break;
            case "html":
                ReportHtml.Write(report, stream, language);
                break;
            default:
                ReportPlot.Write(report, stream, isSvg: kind is "svg", language);
                break;
        }

        return stream.ToArray();
    }
}
