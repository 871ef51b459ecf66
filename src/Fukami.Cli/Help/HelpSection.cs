using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A list of names with their meanings that a command's help shows beside its options.</summary>
internal sealed record HelpSection(LocalizedText Title, IReadOnlyList<(string Name, LocalizedText Text)> Rows);
