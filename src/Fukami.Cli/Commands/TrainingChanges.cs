using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary>The <c>--set</c> of <c>fukami train</c>: each is a setting of the model, of the training, or of the task.</summary>
internal sealed class TrainingChanges
{
    private readonly List<(string Name, string Value)> model = [];
    private readonly List<(string Name, string Value)> training = [];
    private readonly List<(string Name, string Value)> task = [];

    /// <summary>The settings of the model that are changed.</summary>
    public IReadOnlyList<string> ModelNames => [.. model.Select(c => c.Name)];

    /// <summary>Whether the vocabulary is set by hand.</summary>
    public bool SetsVocabulary => model.Exists(c => c.Name is "vocabulary");

    /// <summary>Sorts assignments of the form name=value.</summary>
    /// <exception cref="UsageException">One is not of that form, or names no setting.</exception>
    public static TrainingChanges Of(IEnumerable<string> assignments, string? steps)
    {
        var changes = new TrainingChanges();
        foreach (string assignment in assignments)
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException(new LocalizedText(
                    $"“{assignment}” is not a setting; write NAME=VALUE, for example --set depth=6.",
                    $"「{assignment}」は設定の形になっていません。NAME=VALUE の形で書いてください（例: --set depth=6）。"));
            }

            (string name, string value) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
            bool ofTraining = Names(TrainingSettings.Table, name), ofTask = Names(TaskSettings.Table, name);
            if (!ofTraining && !ofTask && !Names(TransformerSettings.Table, name))
            {
                throw new UsageException(new LocalizedText(
                    $"There is no setting named “{name}”; fukami train --help lists them all.",
                    $"「{name}」という設定はありません。fukami train --help で一覧できます。"));
            }

            (ofTraining ? changes.training : ofTask ? changes.task : changes.model).Add((name, value));
        }

        if (steps is not null)
        {
            changes.training.Add(("steps", steps));
        }

        return changes;
    }

    /// <summary>The model's settings with the changes.</summary>
    public TransformerSettings Apply(TransformerSettings settings) => model.Aggregate(settings, (s, c) => s.With(c.Name, c.Value));

    /// <summary>The training's settings with the changes.</summary>
    public TrainingSettings Apply(TrainingSettings settings) => training.Aggregate(settings, (s, c) => s.With(c.Name, c.Value));

    /// <summary>A task's settings with the changes.</summary>
    /// <param name="kind">The task; none for a text.</param>
    /// <param name="seed">Of the task.</param>
    /// <exception cref="UsageException">A setting is given that it does not have.</exception>
    public TaskSettings OfTask(TaskKind? kind, int seed)
    {
        if (task.Count > 0 && kind is not { HasLanguages: true })
        {
            string name = task[0].Name, those = string.Join(", ", TaskKinds.All.Where(k => k.HasLanguages).Select(k => k.Name));
            throw new UsageException(new LocalizedText(
                $"What is learned here has no setting {name}; take away --set {name}, or choose a task that has it: {those}.",
                $"この学習には設定 {name} がありません。--set {name} を外すか、それを持つ課題（{those}）を選んでください。"));
        }

        return task.Aggregate(new TaskSettings { Seed = (ulong)seed }, (s, c) => s.With(c.Name, c.Value));
    }

    private static bool Names<T>(SettingsTable<T> table, string name) => table.Any(s => string.Equals(s.Name, name, StringComparison.Ordinal));
}
