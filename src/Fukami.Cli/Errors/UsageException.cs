using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>The arguments are wrong: exit code 2.</summary>
internal sealed class UsageException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
