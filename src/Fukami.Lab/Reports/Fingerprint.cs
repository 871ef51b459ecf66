using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fukami.Lab;

/// <summary>
/// What two people compare to know that they measured the same, to the bit: SHA-256 over the experiment's id, its settings,
/// the claims' figures and the series, numbers by their bit patterns. Time, words and machine leave no trace in it: claims and series
/// about a time or a speed are left out.
/// </summary>
public static class Fingerprint
{
    /// <summary>The fingerprint of a report, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public static string Of(Report report)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, report.Experiment.Id);
        foreach (Setting setting in report.Settings.Settings)
        {
            Add(hash, setting.Name);
            Add(hash, report.Settings.Text(setting.Name));
        }

        ClaimResult[] claims = [.. report.Claims.Where(c => !c.Claim.DependsOnMachine)];
        Add(hash, claims.Length);
        foreach (ClaimResult claim in claims)
        {
            Add(hash, claim.Claim.Id);
            Add(hash, claim.Subject);
            Add(hash, claim.Bound.Low);
            Add(hash, claim.Bound.High);
            Add(hash, claim.Measured.Estimate);
            Add(hash, claim.Measured.Low);
            Add(hash, claim.Measured.High);
            Add(hash, claim.Verdict.Name());
        }

        Series[] all = [.. report.Series.Where(s => !s.Quantity.DependsOnMachine)];
        Add(hash, all.Length);
        foreach (Series series in all)
        {
            Add(hash, series.Name);
            Add(hash, series.Quantity.Id);
            Add(hash, series.XQuantity.Id);
            Add(hash, series.X);
            Add(hash, series.Y);
            Add(hash, series.Low);
            Add(hash, series.High);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return "sha256:" + Convert.ToHexStringLower(digest);
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, IReadOnlyList<double> numbers)
    {
        Add(hash, numbers.Count);
        foreach (double number in numbers)
        {
            Add(hash, number);
        }
    }

    private static void Add(IncrementalHash hash, double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];

        // there are many patterns for "not a number" and machines differ in which they make
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.IsNaN(number) ? double.NaN : number);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
