namespace Fukami.Lab.Tests;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_as_a_whole_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "a longer text than the next");
        AtomicFile.Write(folder["a.txt"], s => s.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_contents_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "old");
        Assert.Throws<OutputException>(() => AtomicFile.Write(folder["a.txt"], s =>
        {
            s.Write("half"u8);
            throw new IOException("No space left on device.");
        }));
        Assert.Equal("old", File.ReadAllText(folder["a.txt"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_folder_is_named_in_the_sentence()
    {
        using var folder = new TemporaryFolder();
        OutputException e = Assert.Throws<OutputException>(() => AtomicFile.Write(folder["missing/a.txt"], _ => { }));
        Assert.Contains(folder["missing"], e.Message, StringComparison.Ordinal);
        Assert.Throws<OutputException>(() => AtomicFile.Probe(folder["missing/a.txt"]));
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        using var folder = new TemporaryFolder();
        OutputException e = Assert.Throws<OutputException>(() => AtomicFile.Write(folder.Path, _ => { }));
        Assert.Contains("is a folder", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_takes_no_files_is_refused_before_the_run_and_after()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "needs a folder that takes no files");
        Assert.Throws<OutputException>(() => AtomicFile.Probe("/proc/report.json"));
        Assert.Throws<OutputException>(() => AtomicFile.Write("/proc/report.json", _ => { }));
    }

    [Fact]
    public void A_probe_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Probe(folder["a.txt"]);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
