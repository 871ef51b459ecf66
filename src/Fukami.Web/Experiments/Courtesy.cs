using System.Runtime.InteropServices;

namespace Fukami.Web;

/// <summary>Lets measurements give way: pages, and the browser on the same machine, come before them. A measurement has what they leave, which is nearly all.</summary>
internal static partial class Courtesy
{
    private const int OfAProcess = 0; // and on Linux, with the id 0, of the calling thread alone
    private const int CallingThread = 0;
    private const int Niceness = 10; // of 19

    /// <summary>Makes the calling thread, and the threads that it will begin, give way. The runtime's thread priorities do nothing on Linux, so there the system is asked.</summary>
    public static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetPriority(OfAProcess, CallingThread, Niceness);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system whose C library has another name does without.
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}
