using System.Security.Cryptography;
using System.Text;
using Fukami.Lab;

namespace Fukami.Web;

/// <summary>
/// Who may come in where others can reach the app: whoever knows the invitation may become a learner, with a passphrase of their own; everybody else signs in
/// with theirs. On this machine alone no invitation is needed.
/// </summary>
internal sealed class SharedAccess
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int InvitationLength = 16;

    private readonly ServeOptions options;

    /// <summary>Reads the invitation, or makes one.</summary>
    /// <param name="options">Where the app listens.</param>
    /// <param name="folder">Where the invitation and the passphrases are kept.</param>
    public SharedAccess(ServeOptions options, string folder)
    {
        this.options = options;
        Passphrases = new Passphrases(Path.Combine(folder, "passphrases.json"));
        string file = Path.Combine(folder, "invitation");
        string? kept = File.Exists(file) && new FileInfo(file).Length < 1000 ? File.ReadAllText(file).Trim() : null;
        if (kept is not { Length: InvitationLength })
        {
            kept = RandomNumberGenerator.GetString(Alphabet, InvitationLength);
            AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(kept + "\n")));
        }

        Invitation = kept;
    }

    /// <summary>What a new learner is asked for where others can reach the app.</summary>
    public string Invitation { get; }

    /// <summary>The learners' passphrases.</summary>
    public Passphrases Passphrases { get; }

    /// <summary>Whether others can reach the app, so that a sign-in is required.</summary>
    public bool IsShared => !options.IsLoopback;

    /// <summary>Whether this is the invitation.</summary>
    public bool IsInvited(string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given?.Trim() ?? ""), Encoding.UTF8.GetBytes(Invitation));

    /// <summary>What is said at the start where others can reach the app.</summary>
    public LocalizedText Notice => new(
        $"Others can reach it, so everybody signs in with a passphrase. New learners need the invitation {Invitation}. The connection is not encrypted; put a proxy with HTTPS in front of it unless you trust the network.",
        $"ほかのマシンからも開けるため、全員がパスフレーズでサインインします。新しい学習者には招待コード {Invitation} が必要です。通信は暗号化されません。信頼できないネットワークでは、HTTPS のプロキシを前に置いてください。");
}
