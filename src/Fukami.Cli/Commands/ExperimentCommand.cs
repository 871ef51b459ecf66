using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami experiment</c>: what can be measured, what it claims, and the measurement.</summary>
internal sealed class ExperimentCommand : DocumentedCommand
{
    /// <summary>The command with its three subcommands.</summary>
    public ExperimentCommand(Terminal terminal, CancellationToken stop)
        : base(
            "experiment",
            new LocalizedText("List, explain and run the lab's experiments.", "実験の一覧を見る、内容を知る、実行する。"),
            [
                new Example("fukami experiment run gradient-flow", new LocalizedText("Measures the gradient that reaches each layer.", "各層に届く勾配を測ります。")),
            ])
    {
        Add(new ExperimentListCommand(terminal));
        Add(new ExperimentShowCommand(terminal));
        Add(new ExperimentRunCommand(terminal, stop));
    }

    /// <summary>The argument that names an experiment.</summary>
    public static Argument<string> IdArgument()
    {
        Argument<string> id = new Argument<string>("ID") { HelpName = "ID" }.With(
            "The experiment; fukami experiment list names them all.",
            "実験の名前。fukami experiment list で一覧できます。");
        id.CompletionSources.Add(_ => ExperimentCatalog.All.Select(e => new System.CommandLine.Completions.CompletionItem(e.Id)));
        return id;
    }

    /// <summary>The experiment of this id.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static Experiment Find(string id)
    {
        string all = string.Join(", ", ExperimentCatalog.All.Select(e => e.Id));
        return ExperimentCatalog.Find(id) ?? throw new UsageException(new LocalizedText(
            $"There is no experiment “{id}”; there are: {all}.",
            $"「{id}」という実験はありません。あるのは {all} です。"));
    }
}
