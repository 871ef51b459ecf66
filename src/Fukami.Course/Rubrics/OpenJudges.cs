using System.ClientModel;
using Fukami.Lab;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Fukami.Course;

/// <summary>The judge of answers in words: a chat model where one is configured and the learner has agreed, else the program itself.</summary>
public static class OpenJudges
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The judge for a learner; it looks at the consent before every answer.</summary>
    /// <param name="consent">The address to which the learner allows answers to be sent now; none if they do not.</param>
    /// <param name="chat">The chat model that is configured; none if none is.</param>
    public static IOpenJudge For(Func<string?> consent, ChatSettings? chat) => chat is null ? new RubricJudge() : new ConsentingJudge(consent, chat.Address.ToString(), new Lazy<IOpenJudge>(() => new ChatJudge(Client(chat), Patience)));

    /// <summary>As <see cref="For(Func{string}, ChatSettings)"/>, with a judge of one's own.</summary>
    internal static IOpenJudge For(Func<string?> consent, string address, IOpenJudge judge) => new ConsentingJudge(consent, address, new Lazy<IOpenJudge>(judge));

    private static IChatClient Client(ChatSettings chat) =>
        new OpenAIClient(new ApiKeyCredential(chat.Key is { Length: > 0 } key ? key : "none"), new OpenAIClientOptions { Endpoint = chat.Address }).GetChatClient(chat.Model).AsIChatClient();

    private sealed class ConsentingJudge(Func<string?> consent, string address, Lazy<IOpenJudge> model) : IOpenJudge
    {
        private readonly RubricJudge offline = new();

        public Task<Judgement> JudgeAsync(OpenQuestion question, string answer, Language language, CancellationToken cancellation = default) =>
            (string.Equals(consent(), address, StringComparison.Ordinal) ? model.Value : offline).JudgeAsync(question, answer, language, cancellation);
    }
}
