using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment</c>: what can be measured, what it claims, and the measurement.</summary>
internal sealed class ExperimentCommand : DocumentedCommand
{
    /// <summary>The command with its three subcommands.</summary>
    public ExperimentCommand(Terminal terminal, IReadOnlyList<Experiment> experiments, CancellationToken stop)
        : base(
            "experiment",
            new LocalizedText("List, explain and run the lab's experiments.", "実験の一覧を見る、内容を知る、実行する。"),
            [
                new Example("fukami experiment run gradient-flow", new LocalizedText("Measures the gradient that reaches each layer.", "各層に届く勾配を測ります。")),
            ])
    {
        Add(new ExperimentListCommand(terminal, experiments));
        Add(new ExperimentShowCommand(terminal, experiments));
        Add(new ExperimentRunCommand(terminal, experiments, stop));
    }

    /// <summary>The argument that names an experiment.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="more">Other names that it takes.</param>
    public static Argument<string> IdArgument(IReadOnlyList<Experiment> experiments, params string[] more)
    {
        Argument<string> id = new Argument<string>("ID") { HelpName = "ID" }.With(
            more.Length == 0 ? "The experiment; fukami experiment list names them all." : $"The experiment, or {string.Join(", ", more)}; fukami experiment list names them.",
            more.Length == 0 ? "実験の名前。fukami experiment list で一覧できます。" : $"実験の名前、または {string.Join("、", more)}。fukami experiment list で一覧できます。");
        id.CompletionSources.Add(_ => experiments.Select(e => e.Id).Concat(more).Select(n => new System.CommandLine.Completions.CompletionItem(n)));
        return id;
    }

    /// <summary>The experiment of this id, or null.</summary>
    public static Experiment? Named(IReadOnlyList<Experiment> experiments, string id) =>
        experiments.FirstOrDefault(e => string.Equals(e.Id, id, StringComparison.Ordinal));

    /// <summary>The experiment of this id.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Experiment Find(IReadOnlyList<Experiment> experiments, string id)
    {
        string all = string.Join(", ", experiments.Select(e => e.Id));
        return Named(experiments, id) ?? throw new UsageException(new LocalizedText(
            $"There is no experiment “{id}”; there are: {all}.",
            $"「{id}」という実験はありません。あるのは {all} です。"));
    }
}
