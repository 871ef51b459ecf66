using System.Diagnostics.CodeAnalysis;
using Fukami.Lab;
using Microsoft.EntityFrameworkCore;

namespace Fukami.Course;

/// <summary>Learners and their events in SQLite or PostgreSQL. Several processes may use one database.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore on whose handle nobody waits holds nothing.")]
public sealed class LearnerStore : ILearnerStore
{
    private const int LongestName = 100;
    private const int MostTries = 50;

    private readonly StoreAddress address;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1); // a database in a file has one writer at a time, and whoever finds it busy sleeps for long

    private LearnerStore(StoreAddress address, TimeProvider time) => (this.address, this.time) = (address, time);

    /// <summary>Opens a database, and makes or updates its tables.</summary>
    /// <param name="address">Where it is; a folder that is missing is made.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CourseException">It cannot be opened, is damaged, or is of a newer version.</exception>
    public static Task<LearnerStore> OpenAsync(StoreAddress address, TimeProvider? time = null, CancellationToken cancellation = default) => StoreErrors.GuardAsync(address, async () =>
    {
        if (address.Kind == StoreKind.Sqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(address.Place)!);
        }

        var context = new LearnerContext(address);
        await using (context.ConfigureAwait(false))
        {
            await StoreSchema.PrepareAsync(context, address, cancellation).ConfigureAwait(false);
        }

        return new LearnerStore(address, time ?? TimeProvider.System);
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<Learner>> ListAsync(CancellationToken cancellation = default) => WithAsync<IReadOnlyList<Learner>>(async context =>
        [.. (await context.Learners.AsNoTracking().OrderBy(row => row.Created).ThenBy(row => row.Name).ToListAsync(cancellation).ConfigureAwait(false)).Select(Read)]);

    /// <inheritdoc/>
    public Task<Learner?> FindAsync(Guid learner, CancellationToken cancellation = default) => WithAsync(async context =>
        await context.Learners.AsNoTracking().FirstOrDefaultAsync(row => row.Id == learner, cancellation).ConfigureAwait(false) is { } row ? Read(row) : null);

    /// <inheritdoc/>
    public Task<Learner> AddAsync(string name, string role, string group, Language language, CancellationToken cancellation = default) =>
        AddAsync(new Learner(Guid.CreateVersion7(time.GetUtcNow()), Checked(name), Short(role), Short(group), language, time.GetUtcNow()), [], cancellation);

    /// <inheritdoc/>
    public Task UpdateAsync(Learner learner, CancellationToken cancellation = default) => WithAsync(async context =>
    {
        LearnerRow row = await context.Learners.FirstOrDefaultAsync(known => known.Id == learner.Id, cancellation).ConfigureAwait(false) ?? throw Unknown();
        (row.Name, row.Role, row.Group, row.Language) = (Checked(learner.Name), Short(learner.Role), Short(learner.Group), Write(learner.Language));
        await SaveAsync(context, learner.Name, cancellation).ConfigureAwait(false);
        return true;
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<StudyEvent>> ReadAsync(Guid learner, CancellationToken cancellation = default) => WithAsync<IReadOnlyList<StudyEvent>>(async context =>
        [.. (await context.Events.AsNoTracking().Where(row => row.Learner == learner).OrderBy(row => row.Number).Select(row => row.Json).ToListAsync(cancellation).ConfigureAwait(false)).Select(EventJson.Read)]);

    /// <inheritdoc/>
    public async Task AppendAsync(Guid learner, StudyEvent happened, CancellationToken cancellation = default)
    {
        string json = EventJson.Write(happened);
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await AddEventAsync(learner, json, cancellation).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task AddEventAsync(Guid learner, string json, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await WithAsync(async context =>
                {
                    long last = await context.Events.Where(row => row.Learner == learner).MaxAsync(row => (long?)row.Number, cancellation).ConfigureAwait(false) ?? 0;
                    context.Events.Add(new EventRow { Learner = learner, Number = last + 1, Json = json });
                    return await context.SaveChangesAsync(cancellation).ConfigureAwait(false);
                }).ConfigureAwait(false);
                return;
            }
            catch (DbUpdateException e) when (StoreErrors.IsOrphan(e))
            {
                throw Unknown();
            }
            catch (DbUpdateException e) when (StoreErrors.IsTaken(e) && attempt < MostTries)
            {
                // another process has taken the number; the next one is ours
            }
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(Guid learner, CancellationToken cancellation = default) => WithAsync(async context =>
    {
        await context.Events.Where(row => row.Learner == learner).ExecuteDeleteAsync(cancellation).ConfigureAwait(false);
        return await context.Learners.Where(row => row.Id == learner).ExecuteDeleteAsync(cancellation).ConfigureAwait(false);
    });

    /// <summary>Adds a learner with everything that happened to them, all or nothing.</summary>
    /// <exception cref="CourseException">The name or the id is taken.</exception>
    internal Task<Learner> AddAsync(Learner learner, IReadOnlyList<StudyEvent> events, CancellationToken cancellation) => WithAsync(async context =>
    {
        context.Learners.Add(new LearnerRow { Id = learner.Id, Name = learner.Name, Role = learner.Role, Group = learner.Group, Language = Write(learner.Language), Created = Microseconds(learner.Created) });
        foreach ((int index, StudyEvent happened) in events.Index())
        {
            context.Events.Add(new EventRow { Learner = learner.Id, Number = index + 1, Json = EventJson.Write(happened) });
        }

        await SaveAsync(context, learner.Name, cancellation).ConfigureAwait(false);
        return learner;
    });

    private static async Task SaveAsync(LearnerContext context, string name, CancellationToken cancellation)
    {
        try
        {
            await context.SaveChangesAsync(cancellation).ConfigureAwait(false);
        }
        catch (DbUpdateException e) when (StoreErrors.IsTaken(e))
        {
            throw new CourseException(new LocalizedText($"There is a learner named {name} already; choose another name.", $"{name} という名前の学習者はすでにいます。別の名前にしてください。"), e);
        }
    }

    private static CourseException Unknown() => new(new LocalizedText("There is no such learner any more.", "その学習者はもう登録されていません。"));

    private static string Checked(string name)
    {
        string trimmed = name.Trim();
        return trimmed.Length is > 0 and <= LongestName && !trimmed.Any(char.IsControl)
            ? trimmed
            : throw new CourseException(new LocalizedText($"A name has 1 to {LongestName} characters, all on one line.", $"名前は 1〜{LongestName} 文字で、改行を含めずに入力してください。"));
    }

    private static string Short(string text) => text.Trim() is { Length: > 4 * LongestName } whole ? whole[..(4 * LongestName)] : text.Trim();

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Write(Language language) => language == Language.Japanese ? "ja" : "en";

    private static Learner Read(LearnerRow row) => new(
        row.Id, row.Name, row.Role, row.Group, string.Equals(row.Language, "ja", StringComparison.Ordinal) ? Language.Japanese : Language.English, DateTimeOffset.UnixEpoch.AddTicks(row.Created * TimeSpan.TicksPerMicrosecond));

    private Task<T> WithAsync<T>(Func<LearnerContext, Task<T>> work) => StoreErrors.GuardAsync(address, async () =>
    {
        var context = new LearnerContext(address);
        await using (context.ConfigureAwait(false))
        {
            return await work(context).ConfigureAwait(false);
        }
    });
}
