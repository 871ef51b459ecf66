using System.Security.Cryptography;
using System.Text.Json;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The learners' passphrases: salted and stretched (PBKDF2 with SHA-512), in one file. Thread-safe.</summary>
internal sealed class Passphrases
{
    /// <summary>The fewest characters of a passphrase.</summary>
    public const int Fewest = 8;

    /// <summary>The most characters that are looked at.</summary>
    public const int Most = 200;

    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int MostFailures = 10;
    private const long LargestFile = 16 << 20;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, string> kept;
    private readonly Dictionary<Guid, (int Failures, DateTimeOffset Last)> failures = [];

    /// <summary>Reads the file where there is one.</summary>
    /// <exception cref="ServeException">It is damaged.</exception>
    public Passphrases(string path)
    {
        this.path = path;
        kept = Read(path);
    }

    /// <summary>Whether a learner has one.</summary>
    public bool Has(Guid learner)
    {
        lock (gate)
        {
            return kept.ContainsKey(learner);
        }
    }

    /// <summary>Whether this text may be a passphrase.</summary>
    public static bool IsAllowed(string? text) => text is { Length: >= Fewest and <= Most };

    /// <summary>Sets a learner's passphrase, or takes it away.</summary>
    public void Set(Guid learner, string? passphrase)
    {
        string? sealedText = passphrase is null ? null : Seal(passphrase);
        lock (gate)
        {
            if (sealedText is not null)
            {
                kept[learner] = sealedText;
            }
            else if (!kept.Remove(learner))
            {
                return;
            }

            AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, kept));
        }
    }

    /// <summary>Whether it is the learner's passphrase. After ten wrong ones every answer is no for five minutes.</summary>
    public bool Fits(Guid learner, string? passphrase, DateTimeOffset now)
    {
        string? sealedText;
        lock (gate)
        {
            (int count, DateTimeOffset last) = failures.GetValueOrDefault(learner);
            bool isRecent = now - last < Rest;
            if (isRecent && count >= MostFailures)
            {
                return false;
            }

            // counted as wrong until it has proved right: guesses that come at once are counted too
            failures[learner] = (isRecent ? count + 1 : 1, now);
            sealedText = kept.GetValueOrDefault(learner);
        }

        if (sealedText is null || passphrase is not { Length: <= Most } || !Opens(sealedText, passphrase))
        {
            return false;
        }

        lock (gate)
        {
            failures.Remove(learner);
        }

        return true;
    }

    private static string Seal(string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Convert.ToBase64String(salt)}:{Convert.ToBase64String(Stretch(passphrase, salt))}";
    }

    private static bool Opens(string sealedText, string passphrase)
    {
        string[] parts = sealedText.Split(':');
        return CryptographicOperations.FixedTimeEquals(Stretch(passphrase, Convert.FromBase64String(parts[0])), Convert.FromBase64String(parts[1]));
    }

    private static byte[] Stretch(string passphrase, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA512, HashBytes);

    private static Dictionary<Guid, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            if (new FileInfo(path).Length <= LargestFile && JsonSerializer.Deserialize<Dictionary<Guid, string>>(File.ReadAllBytes(path)) is { } read && read.Values.All(IsSealed))
            {
                return read;
            }
        }
        catch (JsonException)
        {
            // said below
        }

        throw new ServeException(new LocalizedText(
            $"The file of passphrases {path} is damaged; restore it, or move it away and let everybody set a new one.",
            $"パスフレーズのファイル {path} が壊れています。元に戻すか、別の場所に移して全員が新しく設定してください。"));
    }

    private static bool IsSealed(string text)
    {
        string[] parts = text.Split(':');
        Span<byte> bytes = stackalloc byte[64];
        return parts.Length == 2
            && Convert.TryFromBase64String(parts[0], bytes, out int salt) && salt == SaltBytes
            && Convert.TryFromBase64String(parts[1], bytes, out int hash) && hash == HashBytes;
    }
}
