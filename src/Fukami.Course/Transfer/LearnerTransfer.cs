using System.Text.Json;
using System.Text.Json.Serialization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Everything of one learner as a JSON file, to take it elsewhere. See docs/learner-data.md.</summary>
public static class LearnerTransfer
{
    private const string Format = "fukami-learner";
    private const int Version = 1;
    private const long MostBytes = 256L << 20;
    private const int MostEvents = 1_000_000;

    private static readonly JsonSerializerOptions Options = new(EventJson.Options) { WriteIndented = true };

    /// <summary>Writes a learner.</summary>
    public static async Task ExportAsync(ILearnerStore store, Guid learner, Stream output, CancellationToken cancellation = default)
    {
        Learner found = await store.FindAsync(learner, cancellation).ConfigureAwait(false) ?? throw new CourseException(new LocalizedText("There is no such learner any more.", "その学習者はもう登録されていません。"));
        IReadOnlyList<StudyEvent> events = await store.ReadAsync(learner, cancellation).ConfigureAwait(false);
        var file = new File(Format, Version, found.Id, found.Name, found.Role, found.Group, found.Language == Language.Japanese ? "ja" : "en", found.Created, events);
        await JsonSerializer.SerializeAsync(output, file, Options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads a learner and adds them.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="input">The file.</param>
    /// <param name="name">Another name than the file's; none keeps it.</param>
    /// <param name="cancellation">Stops the work; nothing is added then.</param>
    /// <exception cref="CourseException">It is no such file, or of a newer version, or the learner is there already; nothing is added.</exception>
    public static async Task<Learner> ImportAsync(LearnerStore store, Stream input, string? name = null, CancellationToken cancellation = default)
    {
        if (input.CanSeek && input.Length > MostBytes)
        {
            throw new CourseException(new LocalizedText($"The file has {input.Length} bytes; at most {MostBytes} are read.", $"ファイルが {input.Length} バイトあります。読めるのは {MostBytes} バイトまでです。"));
        }

        File file = await ReadAsync(input, cancellation).ConfigureAwait(false);
        if (!string.Equals(file.Format, Format, StringComparison.Ordinal) || file.Version < 1 || file.Language is not ("ja" or "en") || file.Events.Count > MostEvents || file.Events.Any(happened => happened is null))
        {
            throw NotOurs(null);
        }

        if (file.Version > Version)
        {
            throw new CourseException(new LocalizedText(
                $"The file is of version {file.Version}, and this program reads up to {Version}; use a newer Fukami.",
                $"ファイルのバージョンは {file.Version} ですが、このプログラムが読めるのは {Version} までです。新しい Fukami を使ってください。"));
        }

        if (await store.FindAsync(file.Id, cancellation).ConfigureAwait(false) is { } there)
        {
            throw new CourseException(new LocalizedText(
                $"This learner is here already, as {there.Name}; delete that one first, or go on with it.",
                $"この学習者は {there.Name} としてすでに登録されています。先に削除するか、そのまま使ってください。"));
        }

        var learner = new Learner(file.Id, Plain(name ?? file.Name), Plain(file.Role), Plain(file.Group), file.Language is "ja" ? Language.Japanese : Language.English, file.Created);
        return await store.AddAsync(learner, file.Events, cancellation).ConfigureAwait(false);
    }

    private static async Task<File> ReadAsync(Stream input, CancellationToken cancellation)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<File>(input, Options, cancellation).ConfigureAwait(false) ?? throw NotOurs(null);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw NotOurs(e);
        }
    }

    private static string Plain(string text) => text.Length is > 0 and <= 400 && !text.Any(char.IsControl) ? text.Trim() : text.Length == 0 ? "" : throw NotOurs(null);

    private static CourseException NotOurs(Exception? inner) => new(
        new LocalizedText("The file is no learner's data that fukami study --export wrote; nothing was added.", "fukami study --export で書き出した学習データではありません。何も追加していません。"), inner);

    private sealed record File(
        string Format, int Version, Guid Id, string Name, string Role, string Group, string Language, DateTimeOffset Created, [property: JsonPropertyName("events")] IReadOnlyList<StudyEvent> Events);
}
