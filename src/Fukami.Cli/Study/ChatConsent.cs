using Fukami.Course;

namespace Fukami.Cli;

/// <summary>Whether a learner's words may go to the chat model that is configured. Asked once for each address; nothing is sent without a yes.</summary>
/// <param name="chat">The chat model; none if none is configured.</param>
/// <param name="store">Where the answer is kept.</param>
/// <param name="learner">The learner.</param>
/// <param name="time">The clock.</param>
internal sealed class ChatConsent(ChatSettings? chat, ILearnerStore store, Learner learner, TimeProvider time)
{
    /// <summary>The address to which answers may be sent; none if to none.</summary>
    public string? Address { get; private set; }

    /// <summary>Reads what the learner said, and asks if they were not asked yet.</summary>
    public async Task AskAsync(StudyScreen screen)
    {
        if (chat is null)
        {
            return;
        }

        string address = chat.Address.ToString();
        ConsentChanged? last = (await store.ReadAsync(learner.Id, screen.Stop)).OfType<ConsentChanged>().LastOrDefault(said => string.Equals(said.Address, address, StringComparison.Ordinal));
        if (last is null)
        {
            screen.Paragraph(screen.Say(
                $"A chat model is configured: {chat.Model} at {address}. It can judge what you answer in your own words; those answers are then sent there. Without it the command judges them itself.",
                $"チャットモデル {chat.Model}（{address}）が設定されています。文章での回答の判定に使えますが、その場合、回答はそこへ送信されます。使わなければ、このコマンドが自分で判定します。"));
            string typed = TypedText.Command(await screen.AskAsync(screen.Say("May your answers be sent there? y: yes · Enter: no", "回答を送信してもよいですか。y: はい ・ Enter: いいえ")));
            last = new ConsentChanged(typed is "y" or "yes" or "はい", address) { At = time.GetUtcNow() };
            await store.AppendAsync(learner.Id, last);
        }

        Address = last.IsGiven ? address : null;
    }
}
