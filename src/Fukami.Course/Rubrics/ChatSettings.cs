namespace Fukami.Course;

/// <summary>A chat model that may judge answers: any address that speaks OpenAI's protocol, Ollama's <c>/v1</c> among them. See docs/chat-model.md.</summary>
/// <param name="Address">The address, for example <c>http://localhost:11434/v1</c>.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="Key">The key, if the address wants one.</param>
public sealed record ChatSettings(Uri Address, string Model, string? Key)
{
    /// <summary>The settings of FUKAMI_CHAT_URL, FUKAMI_CHAT_MODEL and FUKAMI_CHAT_KEY; none if no address or model is given.</summary>
    /// <exception cref="CourseException">The address is none.</exception>
    public static ChatSettings? Of(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (environment("FUKAMI_CHAT_URL") is not { Length: > 0 } address || environment("FUKAMI_CHAT_MODEL") is not { Length: > 0 } model)
        {
            return null;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (string.Equals(uri.Scheme, "http", StringComparison.Ordinal) || string.Equals(uri.Scheme, "https", StringComparison.Ordinal))
            ? new ChatSettings(uri, model, environment("FUKAMI_CHAT_KEY"))
            : throw new CourseException(new Lab.LocalizedText($"FUKAMI_CHAT_URL is “{address}”; give an address such as http://localhost:11434/v1.", $"FUKAMI_CHAT_URL が「{address}」です。http://localhost:11434/v1 のようなアドレスを指定してください。"));
    }

    /// <summary>Without the key, which is nobody's to see.</summary>
    public override string ToString() => $"{Model} at {Address}";
}
