using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A command line that works as it stands, and what it does.</summary>
internal sealed record Example(string Line, LocalizedText Does);
