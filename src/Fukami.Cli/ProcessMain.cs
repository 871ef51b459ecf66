using System.Runtime.InteropServices;
using System.Text;

namespace Fukami.Cli;

/// <summary>Joins the command to the process: its streams, its signals, its environment.</summary>
internal static class ProcessMain
{
    /// <summary>Runs the command and gives the process' exit code.</summary>
    public static int Run(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        var terminal = Terminal.OfProcess(arguments);
        using var stop = new CancellationTokenSource();
        int signals = 0;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        return new Application(terminal).Run(arguments, stop.Token);

        void OnSignal(PosixSignalContext context)
        {
            if (context.Signal == PosixSignal.SIGINT && terminal.Interrupts.Signal())
            {
                context.Cancel = true; // a part of the work takes it, and the rest goes on
            }
            else if (Interlocked.Increment(ref signals) == 1)
            {
                context.Cancel = true; // the work stops by itself and keeps what it has; a second signal ends it at once
                stop.Cancel();
            }
            else
            {
                Environment.Exit(ExitCode.Interrupted);
            }
        }
    }
}
