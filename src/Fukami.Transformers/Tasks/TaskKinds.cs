namespace Fukami.Transformers;

/// <summary>The tasks of <c>fukami train --task</c>.</summary>
public static class TaskKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TaskKind> All { get; } =
    [
        new("copy", new("Repeat the symbols that were read.", "読んだ記号をそのまま繰り返す。"), 16, static (model, task) => new CopyTask(model.Kind, model.Vocabulary, model.Length, task.Seed)),
        new("reverse", new("Repeat the symbols backwards.", "読んだ記号を逆順に並べる。"), 16, static (model, task) => new ReverseTask(model.Kind, model.Vocabulary, model.Length, task.Seed)),
        new("sort", new("Put the symbols in ascending order.", "読んだ記号を昇順に並べる。"), 16, static (model, task) => new SortTask(model.Kind, model.Vocabulary, model.Length, task.Seed)),
        new("markov", new("Predict a random Markov chain whose entropy is known.", "エントロピーが分かっているランダムなマルコフ連鎖を予測する。"), 32, static (model, task) => new MarkovSource(model.Kind, model.Vocabulary, model.Length, seed: task.Seed)),
        new("small-world", new("Little stories about animals and children whose entropy is known.", "エントロピーが分かっている、動物と子どもの短い文章。"), 0, static (model, task) => new SmallWorldSource(model.Kind, model.Length, task.Language, task.Seed)) { HasLanguages = true },
    ];
}
