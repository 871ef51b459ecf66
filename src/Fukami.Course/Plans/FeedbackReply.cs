using System.Text;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>What the learner said at the end of the last session, and the answer to it at the opening of the next: which section takes it up, or what is done about it.</summary>
/// <param name="Prompt">What was asked: <c>doubt</c> or <c>wish</c>.</param>
/// <param name="Words">The learner's words, on one line.</param>
/// <param name="Sentence">The answer, with the titles of sections in Markdown.</param>
public sealed record FeedbackReply(string Prompt, string Words, string Sentence)
{
    /// <summary>The answers to the last doubt and the last wish; none if there are none.</summary>
    /// <param name="session">The session that opens.</param>
    /// <param name="state">Where the learner stands.</param>
    public static IReadOnlyList<FeedbackReply> Of(Session session, LearnerState state)
    {
        FeedbackGiven? last = state.Feedback.LastOrDefault(given => !string.Equals(given.Session, session.Id, StringComparison.Ordinal));
        var replies = new Replies(session, state);
        return last is null ? [] :
        [
            .. state.Feedback.Where(given => string.Equals(given.Session, last.Session, StringComparison.Ordinal) && given.Prompt is "doubt" or "wish" && given.Text.Trim().Length > 0)
                .GroupBy(given => given.Prompt, StringComparer.Ordinal)
                .Select(prompt => prompt.Last())
                .Select(given => new FeedbackReply(given.Prompt, given.Text.ReplaceLineEndings(" ").Trim(), replies.To(given))),
        ];
    }

    private sealed class Replies(Session session, LearnerState state)
    {
        private const int ShortestWord = 4;

        private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
        {
            "about", "after", "again", "also", "because", "could", "does", "doing", "from", "have", "into", "just", "know", "like", "more", "much", "nothing", "really",
            "should", "still", "than", "that", "them", "then", "there", "they", "thing", "this", "understand", "want", "were", "what", "when", "where", "which", "while", "with", "would",
            "部分", "具体", "以上", "特別", "理由", "場合", "問題", "内容", "説明", "理解", "本当", "今回", "次回", "もっと",
        };

        public string To(FeedbackGiven given) => (string.Equals(given.Prompt, "wish", StringComparison.Ordinal) ? WishReply.Of(given.Text, session, state) : null) ?? Reply(given.Text);

        private string Say(string english, string japanese) => session.Language == Language.Japanese ? japanese : english;

        private string Reply(string text)
        {
            HashSet<string> said = Words(text);
            (Section Section, int Score)[] sections = [.. session.Sections.Select(section => (section, Score(said, section))).Where(found => found.Item2 > 0)];
            if (sections.Length > 0)
            {
                string title = sections.MaxBy(found => found.Score).Section.Title;
                return Say($"The section “{title}” takes it up.", $"「{title}」の節で取り上げます。");
            }

            SessionOutline? other = state.Course.Outline.Where(outline => !string.Equals(outline.Id, session.Id, StringComparison.Ordinal))
                .Select(outline => (Outline: outline, Score: outline.Concepts.Sum(concept => Score(said, concept)))).Where(found => found.Score > 1).OrderByDescending(found => found.Score).FirstOrDefault().Outline;
            return other is null
                ? Say("No section of this session is about it; it is noted for your plan.", "今回の内容とは別の話なので、計画のほうに書き留めてあります。")
                : Say($"It belongs to the session “{other.Title.English}”, and is noted for your plan.", $"「{other.Title.Japanese}」のセッションの内容です。計画に書き留めてあります。");
        }

        private int Score(HashSet<string> said, Section section) =>
            (3 * Words(section.Title).Count(said.Contains))
            + section.Blocks.OfType<Question>().SelectMany(question => question.Concepts).Distinct(StringComparer.Ordinal).Sum(concept => Score(said, concept))
            + Math.Min(2, section.Blocks.OfType<TextBlock>().SelectMany(text => Words(text.Markdown)).Distinct(StringComparer.OrdinalIgnoreCase).Count(said.Contains));

        private int Score(HashSet<string> said, string id) => state.Course.Concepts.Find(id) is { } concept
            ? (2 * Words(concept.Title.In(session.Language)).Count(said.Contains)) + Words(concept.Summary.In(session.Language)).Count(said.Contains)
            : 0;

        // runs of Latin letters without their plural, of katakana, and of kanji
        private static HashSet<string> Words(string text)
        {
            var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var word = new StringBuilder();
            int kind = 0;
            foreach (char c in text + " ")
            {
                int now = char.IsAsciiLetter(c) ? 1 : c is >= '\u30A1' and <= '\u30FC' ? 2 : c is >= '\u4E00' and <= '\u9FFF' ? 3 : c == '√' ? 4 : 0;
                if (now != kind)
                {
                    Add(words, word.ToString(), kind);
                    word.Clear();
                }

                kind = now;
                if (now > 0)
                {
                    word.Append(c);
                }
            }

            return words;
        }

        private static void Add(HashSet<string> words, string word, int kind)
        {
            if (kind == 1)
            {
                word = word.EndsWith('s') && word.Length > ShortestWord ? word[..^1] : word;
            }

            if ((kind == 1 ? word.Length >= ShortestWord : kind == 4 || word.Length >= 2) && !Empty.Contains(word))
            {
                words.Add(word);
            }
        }
    }
}
