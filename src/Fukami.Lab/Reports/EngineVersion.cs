using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Which build of the engine and the lab measured something.</summary>
public static class EngineVersion
{
    /// <summary>The version for a person.</summary>
    public static string Name { get; } =
        (typeof(Experiment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?").Split('+')[0];

    /// <summary>A name that differs as soon as the code of the engine or the lab differs: the compiler derives a module's id from what it compiled.</summary>
    public static string Exact { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(
        new[] { typeof(Tensor), typeof(Transformer), typeof(Experiment) }.Select(t => t.Module.ModuleVersionId.ToString())))))[..16];
}
