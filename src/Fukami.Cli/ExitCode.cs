namespace Fukami.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something failed: a file, a model folder, the machine.</summary>
    public const int Failure = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int BadArguments = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
