using System.Globalization;
using System.Net;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>Where the app listens, and what it serves.</summary>
public sealed record ServeOptions
{
    /// <summary>The port unless another is given.</summary>
    public const int DefaultPort = 5080;

    /// <summary>The port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The address; this machine alone unless given.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The folder of the learners' data; their own unless given.</summary>
    public string? Data { get; init; }

    /// <summary>The course's folder; the one that ships unless given.</summary>
    public string? Course { get; init; }

    /// <summary>Folders from which model folders may be opened, beside the models that ship.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The language of what is printed.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>The clock by which learners study.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether the browser is opened too.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>The options of a command line: <c>--port 5080 --listen 127.0.0.1 --data DIR --course DIR --models DIR --open true</c>.</summary>
    /// <param name="arguments">The command line.</param>
    /// <exception cref="ServeException">A value is not allowed.</exception>
    public static ServeOptions Of(string[] arguments)
    {
        IConfiguration given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        return new ServeOptions
        {
            Port = given["port"] is { } port ? ParsePort(port) : DefaultPort,
            Address = given["listen"] is { } address ? ParseAddress(address) : IPAddress.Loopback,
            Data = given["data"],
            Course = given["course"],
            Models = given["models"] is { Length: > 0 } models ? [models] : [],
            Opens = given["open"] is "true",
            Language = Environment.GetEnvironmentVariable("LANG")?.StartsWith("ja", StringComparison.Ordinal) == true ? Language.Japanese : Language.English,
        };
    }

    /// <summary>The port of this text.</summary>
    /// <exception cref="ServeException">It is none.</exception>
    public static int ParsePort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 0 and <= IPEndPoint.MaxPort
        ? port
        : throw new ServeException(new LocalizedText($"“{text}” is no port; give a number from 1 to 65535, or 0 for any that is free.", $"「{text}」はポート番号ではありません。1 から 65535 の数、または空いているポートを選ばせる 0 を指定してください。"));

    /// <summary>The address of this text.</summary>
    /// <exception cref="ServeException">It is none.</exception>
    public static IPAddress ParseAddress(string text) => string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw new ServeException(new LocalizedText($"“{text}” is no address; give one of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.", $"「{text}」はアドレスではありません。127.0.0.1 のようなこのマシンのアドレスか、すべてを表す 0.0.0.0 を指定してください。"));
}
