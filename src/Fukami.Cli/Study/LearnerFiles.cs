using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Takes everything of a learner out as a file, in again, or away for good.</summary>
internal sealed class LearnerFiles(StudyScreen screen, LearnerStore store)
{
    /// <summary>Writes everything of a learner, to a temporary name first.</summary>
    public async Task ExportAsync(Learner learner, string path)
    {
        try
        {
            string temporary = path + ".tmp";
            await using (FileStream file = File.Create(temporary))
            {
                await LearnerTransfer.ExportAsync(store, learner.Id, file, screen.Stop);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(new LocalizedText($"{path} cannot be written: {e.Message}", $"{path} に書き込めません: {e.Message}"), e);
        }

        screen.Paragraph(screen.Say($"Everything of {Ink.Harmless(learner.Name)} is in {path}.", $"{Ink.Harmless(learner.Name)} さんの記録をすべて {path} に書き出しました。"));
    }

    /// <summary>Adds the learner of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Another name for them, or none.</param>
    public async Task ImportAsync(string path, string? name)
    {
        try
        {
            await using FileStream file = File.OpenRead(path);
            Learner learner = await LearnerTransfer.ImportAsync(store, file, name, screen.Stop);
            screen.Paragraph(screen.Say($"{Ink.Harmless(learner.Name)} is here now, with everything.", $"{Ink.Harmless(learner.Name)} さんの記録をすべて取り込みました。"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException(new LocalizedText($"{path} cannot be read: {e.Message}", $"{path} を読めません: {e.Message}"), e);
        }
    }

    /// <summary>Deletes a learner who types their name to confirm it.</summary>
    public async Task DeleteAsync(Learner learner)
    {
        string typed = await screen.AskAsync(screen.Say(
            $"This deletes everything of {Ink.Harmless(learner.Name)}, for good. Type the name to confirm",
            $"{Ink.Harmless(learner.Name)} さんの記録をすべて削除します。元には戻せません。確認のため名前を入力してください"));
        if (!string.Equals(typed.Trim(), learner.Name, StringComparison.Ordinal))
        {
            screen.Paragraph(screen.Say("Nothing was deleted.", "何も削除していません。"));
            return;
        }

        await store.DeleteAsync(learner.Id, screen.Stop);
        screen.Paragraph(screen.Say("Deleted.", "削除しました。"));
    }
}
