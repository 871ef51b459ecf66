using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Fukami.Course;

namespace Fukami.Web.Tests;

/// <summary>A <c>fukami serve</c> as a person starts it: a process of its own, with a folder of its own for the learners' data.</summary>
public sealed partial class FukamiServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string[] arguments;
    private Process? process;

    private FukamiServer(string folder, string[] arguments) => (Folder, this.arguments) = (folder, arguments);

    /// <summary>The command that was built beside these tests.</summary>
    public static string Command { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "..", "src", "Fukami.Cli", "bin", Path.GetFileName(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."))), "net10.0", "fukami.dll"));

    /// <summary>The folder of the learners' data.</summary>
    public string Folder { get; }

    /// <summary>Where it is, with a slash at the end.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that it has printed.</summary>
    public StringBuilder Printed { get; } = new();

    /// <summary>The memory that it holds, in bytes.</summary>
    public long Memory
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan Work
    {
        get
        {
            process!.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one at a free port, and waits until it says where it is.</summary>
    public static async Task<FukamiServer> StartAsync(params string[] arguments)
    {
        var server = new FukamiServer(Directory.CreateTempSubdirectory("fukami-web-").FullName, arguments);
        await server.StartAsync(0);
        return server;
    }

    /// <summary>Runs the command to its end.</summary>
    /// <returns>Its exit code, and all that it printed.</returns>
    public static async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        using Process run = Begin(arguments);
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        string error = await run.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await run.WaitForExitAsync();
        return (run.ExitCode, error + await output);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        process!.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    /// <summary>Starts it again where it was, with the same data.</summary>
    /// <param name="more">What is added to its arguments.</param>
    public Task StartAgainAsync(params string[] more) => StartAsync(Address.Port, more);

    /// <summary>Ends it, and starts it on a later day; the pages lose their connection.</summary>
    public Task WaitDaysAsync(int days)
    {
        Kill();
        return StartAgainAsync("--now", DateTimeOffset.UtcNow.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    /// <summary>The events of a learner, read from the database and not from the app.</summary>
    public async Task<IReadOnlyList<StudyEvent>> EventsAsync(string learner)
    {
        LearnerStore store = await LearnerStore.OpenAsync(StoreAddress.InFolder(Folder));
        return await store.ReadAsync((await store.ListAsync()).Single(known => known.Name == learner).Id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        process!.Dispose();
        for (int attempt = 0; Directory.Exists(Folder) && attempt < 10; attempt++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task StartAsync(int port, params string[] more)
    {
        process = Begin(["serve", "--port", $"{port}", "--data", Folder, .. arguments, .. more]);
        var told = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(string? line)
        {
            if (line is null)
            {
                return;
            }

            lock (Printed)
            {
                Printed.AppendLine(line);
            }

            if (Where().Match(line) is { Success: true } where)
            {
                told.TrySetResult(new Uri(where.Value.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + "/"));
            }
        }

        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => told.TrySetException(new InvalidOperationException($"The server ended: {Printed}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await told.Task.WaitAsync(Patience);
    }

    private static Process Begin(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])[Command, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string variable in (string[])["FUKAMI_DATA", "FUKAMI_DATABASE", "FUKAMI_CHAT_URL", "FUKAMI_NOW", "LANG", "LC_ALL"])
        {
            start.Environment.Remove(variable);
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"http://[0-9.]+:\d+", RegexOptions.None, 1000)]
    private static partial Regex Where();
}
