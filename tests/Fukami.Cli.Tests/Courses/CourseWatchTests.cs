using System.Text;
using System.Threading.Channels;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli.Tests;

/// <summary><c>fukami course check --watch</c>, while somebody writes.</summary>
public sealed class CourseWatchTests : IDisposable
{
    private const string Lesson = "en/2-query-key-value.md";

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Every_way_in_which_an_editor_saves_a_file_is_followed_by_a_report()
    {
        Copy(CourseFolder.Shipped, folder.Path);
        var told = new Lines();
        Task<int> watching = Task.Run(() => Watch(told), TestContext.Current.CancellationToken);
        Assert.Equal("No faults.", await told.NextAsync());

        string text = File.ReadAllText(folder[Lesson]);
        string broken = text.Replace("draw: attention", "draw: flower", StringComparison.Ordinal);
        File.WriteAllText(folder[Lesson], broken); // written over
        string fault = await told.NextAsync();
        Assert.Contains("2-query-key-value.md:", fault, StringComparison.Ordinal);
        Assert.Contains("flower", fault, StringComparison.Ordinal);
        Assert.EndsWith("faults.", await told.NextAsync("faults."), StringComparison.Ordinal);

        File.WriteAllText(folder["new.tmp"], text); // written beside it and renamed
        File.Move(folder["new.tmp"], folder[Lesson], overwrite: true);
        Assert.Equal("No faults.", await told.NextAsync("No faults."));

        File.Delete(folder[Lesson]);
        Assert.DoesNotContain("No faults.", await told.NextAsync(), StringComparison.Ordinal);

        await end.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await watching);
    }

    [Fact]
    public async Task A_folder_that_goes_away_may_come_back()
    {
        Copy(CourseFolder.Shipped, folder["course"]);
        var told = new Lines();
        Task<int> watching = Task.Run(() => Watch(told, folder["course"]), TestContext.Current.CancellationToken);
        await told.NextAsync("No faults.");
        Directory.Move(folder["course"], folder["aside"]);
        await told.NextAsync();
        Directory.Move(folder["aside"], folder["course"]);
        Assert.Equal("No faults.", await told.NextAsync());
        await end.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await watching);
    }

    [Fact]
    public void A_folder_that_was_never_there_is_refused()
    {
        CommandRun run = CommandRun.Of("course", "check", folder["none"], "--watch");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("There is no folder", run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
        folder.Dispose();
    }

    private int Watch(Lines told, string? directory = null)
    {
        var terminal = new Terminal { Out = told, Error = told, OpenOut = () => Stream.Null, Language = Language.English };
        int code = new Application(terminal).Run(["course", "check", directory ?? folder.Path, "--watch"], end.Token);
        told.End();
        return code;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>Lines as they are written by another thread.</summary>
    private sealed class Lines : TextWriter
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new NotSupportedException("Lines only.");

        public override void WriteLine() => WriteLine("");

        public override void WriteLine(string? value)
        {
            if (value is { Length: > 0 })
            {
                lines.Writer.TryWrite(value);
            }
        }

        public void End() => lines.Writer.Complete();

        // the next line that has this in it
        public async Task<string> NextAsync(string contained = "")
        {
            while (true)
            {
                string line = await lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
                if (line.Contains(contained, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
    }
}
