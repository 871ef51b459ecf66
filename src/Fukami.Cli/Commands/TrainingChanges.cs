using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Cli;

/// <summary>The <c>--set</c> of <c>fukami train</c>: each is a setting of the model or of the training.</summary>
internal sealed class TrainingChanges
{
    private readonly List<(string Name, string Value)> model = [];
    private readonly List<(string Name, string Value)> training = [];

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
            bool ofTraining = Names(TrainingSettings.Table, name);
            if (!ofTraining && !Names(TransformerSettings.Table, name))
            {
                throw new UsageException(new LocalizedText(
                    $"There is no setting named “{name}”; fukami train --help lists them all.",
                    $"「{name}」という設定はありません。fukami train --help で一覧できます。"));
            }

            (ofTraining ? changes.training : changes.model).Add((name, value));
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

    private static bool Names<T>(SettingsTable<T> table, string name) => table.Any(s => string.Equals(s.Name, name, StringComparison.Ordinal));
}
