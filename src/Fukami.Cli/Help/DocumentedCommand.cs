using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A command that knows what it is for in both languages, and shows examples in its help.</summary>
internal class DocumentedCommand(string name, LocalizedText purpose, IReadOnlyList<Example> examples) : Command(name, purpose.English)
{
    /// <summary>What it is for.</summary>
    public LocalizedText Purpose { get; } = purpose;

    /// <summary>What a person could type.</summary>
    public IReadOnlyList<Example> Examples { get; } = examples;

    /// <summary>Lists that the help shows beside the options.</summary>
    public virtual IEnumerable<HelpSection> MoreHelp => [];
}
