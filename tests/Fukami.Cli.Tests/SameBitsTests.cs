using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Fukami.Cli.Tests;

/// <summary>
/// The command in processes of its own, with 1, 2 and 5 threads and vectors of 512, 256 and 128 bits (as far as the machine has them):
/// weights, text and figures have the same bits.
/// </summary>
public sealed partial class SameBitsTests(SameBitsTests.Reference reference) : IClassFixture<SameBitsTests.Reference>
{
    private const string Narrower = "DOTNET_EnableAVX512"; // 0: 256 bits
    private const string Width = "DOTNET_PreferredVectorBitWidth"; // 128
    private const string Software = "DOTNET_EnableAVX2"; // 0: 128 bits, and the fused multiply-add in software

    public static TheoryData<int, string, string> Machines => new()
    {
        { 2, "", "" },
        { 5, "", "" },
        { 1, Narrower, "0" },
        { 2, Narrower, "0" },
        { 5, Narrower, "0" },
        { 1, Width, "128" },
        { 2, Width, "128" },
        { 5, Width, "128" },
        { 2, Software, "0" },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_training_ends_with_the_same_weights_moments_and_losses(int threads, string variable, string value)
    {
        string folder = reference.Train($"model-{threads}-{variable}{value}", threads, variable, value);
        Assert.Equal(Reference.Files(reference.Model), Reference.Files(folder));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void The_same_text_is_generated(int threads, string variable, string value) =>
        Assert.Equal(reference.Text, reference.Generate(threads, variable, value));

    [Theory]
    [MemberData(nameof(Machines))]
    public void An_experiment_has_the_same_fingerprint(int threads, string variable, string value) =>
        Assert.Equal(reference.Fingerprint, reference.Measure(threads, variable, value));

    [Fact]
    public void Every_experiment_has_the_same_fingerprint_with_one_thread_and_with_two_and_narrower_vectors() =>
        Assert.Equal(reference.MeasureAll("all-1", 1), reference.MeasureAll("all-2", 2, Narrower, "0"));

    [GeneratedRegex("\"fingerprint\": *\"(?<bits>sha256:[0-9a-f]{64})\"", RegexOptions.None, 1000)]
    private static partial Regex FingerprintOf();

    /// <summary>What one thread with the machine's widest vectors makes.</summary>
    public sealed class Reference : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Reference()
        {
            // letters in an order that no short rule predicts
            File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Range(0, 4000).Select(i => (char)('a' + (i * i / 7 % 23)))));
            Model = Train("model", 1);
            Text = Generate(1);
            Fingerprint = Measure(1);
        }

        public string Model { get; }

        public string Text { get; }

        public string Fingerprint { get; }

        /// <summary>50 steps of a net whose sizes no vector divides, with dropout and an evaluation. Gives the folder.</summary>
        public string Train(string name, int threads, string variable = "", string value = "")
        {
            Run(
                threads, variable, value,
                "train", "--text", folder["text.txt"], "--out", folder[name], "--steps", "50",
                "--set", "depth=2", "--set", "width=36", "--set", "heads=3", "--set", "length=19", "--set", "batch=3", "--set", "dropout=0.1", "--set", "warm_up=5");
            return folder[name];
        }

        public string Generate(int threads, string variable = "", string value = "") =>
            Run(threads, variable, value, "generate", "--model", Model, "--prompt", "abc", "--tokens", "40", "--seed", "7");

        public string Measure(int threads, string variable = "", string value = "") =>
            FingerprintIn(Run(
                threads, variable, value,
                "experiment", "run", "gradient-flow", "--json", "-", "--seeds", "2",
                "--set", "depth=5", "--set", "depths=2,3,5", "--set", "width=36", "--set", "length=11", "--set", "vocabulary=50"));

        /// <summary>All experiments with two seeds: the fingerprint of each.</summary>
        public IEnumerable<string> MeasureAll(string name, int threads, string variable = "", string value = "")
        {
            Run(threads, variable, value, "experiment", "run", "all", "--seeds", "2", "--out", folder[name]);
            string[] reports = Directory.GetFiles(folder[name], "*.json");
            Assert.True(reports.Length >= 16, $"{reports.Length} reports were written.");
            return reports.Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {FingerprintIn(File.ReadAllText(path))}");
        }

        /// <summary>Every file of a model folder with its SHA-256: settings, weights, tokenizer, moments, and the state with its losses.</summary>
        public static IEnumerable<string> Files(string model) => Directory.GetFiles(model)
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}");

        public void Dispose() => folder.Dispose();

        private static string FingerprintIn(string json)
        {
            Match match = FingerprintOf().Match(json);
            Assert.True(match.Success, $"The report has no fingerprint: {json}");
            return match.Groups["bits"].Value;
        }

        private string Run(int threads, string variable, string value, params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fukami.dll"), .. arguments, "--threads", threads.ToString(CultureInfo.InvariantCulture), "--lang", "en"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.Path,
            };
            if (variable.Length > 0)
            {
                start.Environment[variable] = value;
            }

            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"fukami {string.Join(' ', arguments)} ended with code {process.ExitCode}: {error.GetAwaiter().GetResult()}");
            return output;
        }
    }
}
