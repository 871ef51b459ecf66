using System.ComponentModel;
using System.Diagnostics;

namespace Fukami.Web;

/// <summary>The browser of whoever starts the app.</summary>
internal static class Browser
{
    /// <summary>Opens an address in it. Where there is none, as on a server, nothing happens: the address has been printed.</summary>
    public static void Open(string address)
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null or "" && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null or "")
        {
            return; // no desktop; what would open it there writes a page of complaints
        }

        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // no browser here
        }
    }
}
