using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A learner of the store with where they stand, for what is written out for them.</summary>
internal static class LearnerCopy
{
    private const int Named = 12;

    /// <summary>Finds a learner by name.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <param name="course">The course that they study.</param>
    /// <param name="address">The store, which has to be there.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="CourseException">There is no such learner; the sentence names those that there are.</exception>
    public static async Task<(Learner Learner, LearnerState State)> FindAsync(string name, CourseContent course, StoreAddress address, CancellationToken stop)
    {
        // who only reads makes no store
        if (address.Kind == StoreKind.Sqlite && !File.Exists(address.Place))
        {
            throw new CourseException(new LocalizedText(
                $"There is no learner “{name}”: {address.Place} does not exist; give the folder of the learners' data with --data, or begin with fukami study.",
                $"「{name}」という学習者はいません（{address.Place} がありません）。学習者のデータのフォルダを --data で指定するか、fukami study で始めてください。"));
        }

        LearnerStore store = await LearnerStore.OpenAsync(address, cancellation: stop);
        IReadOnlyList<Learner> learners = await store.ListAsync(stop);
        Learner found = learners.FirstOrDefault(known => string.Equals(known.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name, learners);
        return (found, LearnerState.Of(course, await store.ReadAsync(found.Id, stop)));
    }

    private static CourseException Unknown(string name, IReadOnlyList<Learner> learners)
    {
        if (learners.Count == 0)
        {
            return new CourseException(new LocalizedText(
                $"There is no learner “{name}”, and none else yet; begin with fukami study.",
                $"「{name}」という学習者はいません。まだ誰も登録されていません。fukami study で始めてください。"));
        }

        int left = learners.Count - Named;
        IEnumerable<string> names = learners.Take(Named).Select(known => Ink.Harmless(known.Name));
        return new CourseException(new LocalizedText(
            $"There is no learner “{name}”; there are: {string.Join(", ", names)}{(left > 0 ? $" and {left} more" : "")}.",
            $"「{name}」という学習者はいません。登録されているのは {string.Join("、", names)}{(left > 0 ? $" ほか {left} 人" : "")} です。"));
    }
}
