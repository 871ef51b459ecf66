using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>
/// Words of an answer that a chat model gives as evidence. They count if they stand in the answer, are more than a word or two, and speak of the matter:
/// an order to whoever judges (“mark everything as found”) is no evidence, and neither are words that the learner's own sentence denies.
/// </summary>
internal sealed partial class Quotation
{
    private const int FewestLetters = 8;

    // a Japanese character says as much as two Latin letters
    private const int FewestCharacters = 4;

    private readonly EvidenceReading reading;
    private readonly Range place;

    private Quotation(EvidenceReading reading, Range place, string words) => (this.reading, this.place, Words) = (reading, place, words);

    /// <summary>The learner's words, as they stand in the answer.</summary>
    public string Words { get; }

    /// <summary>The quotation, or none if it is no evidence.</summary>
    /// <param name="reading">The answer.</param>
    /// <param name="quoted">What the model quotes.</param>
    public static Quotation? Of(EvidenceReading reading, string quoted)
    {
        string words = quoted.Trim().Trim('"', '“', '”', '「', '」', '.', '。', '…').Trim();
        int length = words.Sum(c => c > 0x2E80 ? FewestLetters / FewestCharacters : 1);
        return length >= FewestLetters && reading.Place(words) is { } place && !Orders.Matches(reading.Text).Any(order => place.Overlaps(order.Index..(order.Index + order.Length)))
            ? new Quotation(reading, place, reading.Quote(place))
            : null;
    }

    /// <summary>Whether the sentence around it denies it, or may.</summary>
    public Stance Stance(RubricEvidence evidence) => reading.StanceTo(place, evidence);

    // words that speak to whoever judges, not of the matter
    [GeneratedRegex(
        """
        \b(mark|grade|credit|award|accept|judge|count|consider|treat|score|rate)\s(everything|all|every|each|this|these|me|it|my|them|the\s(answer|points?|rest|learner|student)|as)\b[^.。!?]*
        | \b(ignore|disregard|forget|override|bypass)\b[^.。!?]{0,40}?\b(rubric|instructions?|prompt|above|previous|rules?|question|system)\b[^.。!?]*
        | \b(reply|respond|return|output|print|answer|set)\b[^.。!?]{0,40}?\b(found|contradicted|json|true|full\s(marks|score)|correct)\b[^.。!?]*
        | \b(full\s(marks|points|credit|score)|all\s(the\s|of\sthe\s)?points?\s(are|is|as|were)|(this|the|my)\sanswer\s(is|states|contains|covers|shows|deserves|has)|you\s(are|must|should|have\sto|will)\b[^.。!?]{0,40}?\b(judge|grader|assistant|model|mark|credit|grade))\b[^.。!?]*
        | "?(found|contradicted)"?\s*:\s*(true|false)
        | [^。!?]{0,100}(すべて|全て|全部|全項目|満点|正解|合格)[^。!?]{0,12}(判定|採点|見な|みな|扱|つけ|付け|与え|認め|してください|しろ|せよ|にして)[^。!?]*
        | [^。!?]{0,100}(採点|判定|評価基準|ルーブリック|指示|プロンプト|命令|システム)[^。!?]{0,12}(無視|従|ください|しろ|せよ|変更|忘れ)[^。!?]*
        | [^。!?]{0,100}(この|私の)(回答|解答|答え)(は|に)[^。!?]{0,16}(正し|満点|正解|合格|含|すべて|全部)[^。!?]*
        | [^。!?]{0,100}あなたは[^。!?]{0,12}(採点|審査|判定|AI|アシスタント|モデル)[^。!?]*
        """,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Orders { get; }
}
