using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Fukami.Course;
using Fukami.Lab;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MudBlazor.Services;

namespace Fukami.Web;

/// <summary>The study app: its parts put together, and served.</summary>
public static class StudyApp
{
    // the longest answer, in any letters, with room around it
    private const long LargestMessage = 256 << 10;

    /// <summary>Serves until told to stop.</summary>
    /// <param name="options">Where and what.</param>
    /// <param name="output">Where the address is said.</param>
    /// <param name="error">Where it is said why it cannot be served.</param>
    /// <param name="stop">Ends it; Ctrl-C does so too.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(ServeOptions options, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        try
        {
            await ServeAsync(options, output, stop).ConfigureAwait(false);
            return 0;
        }
        catch (LabException e)
        {
            await error.WriteLineAsync(e.Sentence.In(options.Language)).ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>Serves until told to stop.</summary>
    /// <exception cref="LabException">It cannot: the port is taken, the data cannot be opened.</exception>
    public static async Task ServeAsync(ServeOptions options, TextWriter output, CancellationToken stop)
    {
        CourseContent course = CourseFolder.Open(options.Course ?? CourseFolder.Shipped);
        StoreAddress place = StoreAddress.Of(options.Data);
        LearnerStore store = await LearnerStore.OpenAsync(place, options.Time, stop).ConfigureAwait(false);
        WebApplication app = Build(options, course, store, KeyFolder(place));
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(stop).ConfigureAwait(false);
            }
            catch (IOException e) when (e.InnerException is AddressInUseException)
            {
                throw new ServeException(Taken(options), e);
            }
            catch (SocketException e)
            {
                throw new ServeException(new LocalizedText($"{options.Address} is no address of this machine; give another with --listen.", $"{options.Address} はこのマシンのアドレスではありません。--listen で別のアドレスを指定してください。"), e);
            }

            string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await output.WriteLineAsync(new LocalizedText($"Fukami is at {address} (Ctrl-C ends it).", $"Fukami は {address} で開けます（終了は Ctrl-C）。").In(options.Language)).ConfigureAwait(false);
            if (!options.IsLoopback)
            {
                await output.WriteLineAsync(app.Services.GetRequiredService<SharedAccess>().Notice.In(options.Language)).ConfigureAwait(false);
            }

            if (options.Opens)
            {
                Browser.Open(address);
            }

            await app.WaitForShutdownAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>The app, not yet begun.</summary>
    /// <param name="options">Where it will listen.</param>
    /// <param name="course">The course.</param>
    /// <param name="store">The learners.</param>
    /// <param name="keys">The folder of the keys that seal its cookies.</param>
    internal static WebApplication Build(ServeOptions options, CourseContent course, LearnerStore store, string keys)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets(); // also where it was built and not published
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LearnerEndpoints.LargestUpload;
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // that it cannot begin is said in a sentence, by whoever begins it

        IServiceCollection services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices();
        services.AddHttpContextAccessor();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(SignIn.Configure);
        services.AddAuthorization();
        services.AddCascadingAuthenticationState();
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(keys)).SetApplicationName("Fukami");
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "fukami-forms");
        services.AddSingleton<AppFiles>();
        services.AddSingleton(options);
        services.AddSingleton(course);
        services.AddSingleton<LearnerChanges>();
        services.AddSingleton<ILearnerStore>(all => new WatchedStore(store, all.GetRequiredService<LearnerChanges>()));
        services.AddSingleton(store);
        services.AddSingleton(options.Time);
        services.AddSingleton(new SharedAccess(options, keys));
        services.AddSingleton<ModelRoom>();
        services.AddSingleton<RunTimes>();
        services.AddSingleton<ExperimentQueue>();
        services.AddSingleton<ExperimentMemory>();
        services.AddSingleton<AheadLane>();
        services.AddSingleton<RecentReports>();
        services.AddSingleton<ModelAccess>();
        services.AddSingleton<LabTools>();
        services.AddScoped<StudyRoom>();

        WebApplication app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<UploadBound>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<SharedAccessGate>();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseMiddleware<PagesOnly>();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<Components.App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null); // SecurityHeaders says it
        app.MapLearnerEndpoints();
        app.MapLabEndpoints();
        return app;
    }

    // beside the learners' data; where those are in a PostgreSQL database, in the user's data folder
    private static string KeyFolder(StoreAddress place)
    {
        StoreAddress file = place.Kind == StoreKind.Sqlite ? place : StoreAddress.Of(null, _ => null);
        string keys = Path.Combine(Path.GetDirectoryName(file.Place)!, "keys");
        OutputFolder.Prepare(keys);
        return keys;
    }

    private static LocalizedText Taken(ServeOptions options)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(endpoint => endpoint.Port).ToHashSet();
        int free = Enumerable.Range(options.Port + 1, 1000).FirstOrDefault(port => port <= IPEndPoint.MaxPort && !taken.Contains(port));
        return new LocalizedText(
            $"Port {options.Port} is taken, perhaps by another Fukami; {free} is free: give --port {free}.",
            $"ポート {options.Port} は使われています（別の Fukami かもしれません）。{free} は空いています。--port {free} を指定してください。");
    }
}
