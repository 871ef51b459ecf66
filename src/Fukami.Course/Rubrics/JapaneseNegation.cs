using System.Text.RegularExpressions;

namespace Fukami.Course;

/// <summary>
/// Finds the clauses of a Japanese sentence and what negates in each. A negation reaches back: surely to the last subject before it (は, が, も), and perhaps
/// to that subject too; a condition (〜がなければ) reaches also what it is the condition of; とは限らない and its kin leave open.
/// </summary>
internal static partial class JapaneseNegation
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>The clauses of a sentence, each from where the one before it ends.</summary>
    public static IReadOnlyList<Range> Clauses(string sentence) => [.. Parts(sentence)];

    /// <summary>What negates in a sentence.</summary>
    public static IReadOnlyList<Negator> Negators(string sentence, IReadOnlyList<Range> clauses) =>
        [.. Negations.Matches(sentence).Where(match => !match.Groups["none"].Success).Select(match => Of(match, sentence, clauses.First(clause => match.Index < clause.End.Value)))];

    /// <summary>Whether a sentence takes back the one before it: “That is not true.”</summary>
    public static bool TakesBack(string sentence) => Retraction.IsMatch(sentence);

    /// <summary>Whether a sentence that ends with a question mark, or has none, asks.</summary>
    public static bool Asks(string sentence, bool hasMark) => (hasMark ? !Softened.IsMatch(sentence) : Question.IsMatch(sentence));

    // what looks like a negation and is none; what leaves open; what denies a whole sentence; contrasts; what is so all the same; conditions; means; verbs; and what turns
    [GeneratedRegex(
        """
        (?<none>かもしれ(ない|ません) | に(違|ちが)いな[いく] | 間違いな[いく] | (しかた|仕方)(が|は)?な[いく] | [のん](では|じゃ)ない(か|です|でしょう|かな|$) | (では|じゃ)ないでしょうか | (じゃ|では)ないですか
            | (だけ|ばかり)(では|じゃ|で)?な[いく]て? | のみならず | 少な[いくか] | とりあえず | 相変わらず | にもかかわらず | 否定(は|も)?(でき|し)(ない|ません) | 否め(ない|ません) | (自信|確信)(は|が)?(ない|ありません) | なかなか
            | な(ければ|くては|いと|きゃ)(なら|いけ|だめ|駄目)(ない|ません|ず|なく|なかった)? | ざるを得(ない|ません) | しか[^、。]{0,16}?(ない|ません|なく|なかった|ず))
        | (?<doubt>かどうか | とは?も?限ら(ない|ません|ず|なく) | とは言い?切れ | とは言えな | 疑わし | 疑問 | あやしい | 怪しい | か(は|も)?(わか|分か|判|知)ら)
        | (?<whole>(わけ|訳|こと|の|もの)(では|じゃ|は|も|が)(な[いく] | ありません) | (間違い|間違って|誤り|誤って|嘘|うそ|ウソ|誤解|デマ) | 正しくな | 正しくありません)
        | (?<contrast>(では|じゃ|で)な(く|くて) | よりも | (代|か)わりに)
        | (?<stillso>(?<=[がはもの])(な|無)くて?も | なしでも | 無しでも)
        | (?<condition>((?<=[がはもの])(な|無)|な)(ければ|きゃ|いと(?![いは思考言もの])|かったら|いなら|いのなら|い場合|くては) | ((なし|無し)(だと|では|なら|で(?=、)) | 抜き(だと|では)) | (取り除|外|抜|除|消|省|やめ)[いすくしるきれけせ]*(たら|と|ば|なら|、))
        | (?<means>な(くて|くと)も | (?<=[らさかたなまばがわせえけてねべめれげじしちにびみりぎい])ずに | ないで(?!す|しょ) | ない(?=[\p{IsCJKUnifiedIdeographs}\p{IsKatakana}a-z]))
        | (?<verb>な(い|く|かっ|さそう) | ません | (?<=[らさかたなまばがわせえけてねべめれげじしちにびみりぎい])(?<!^ま|^\sま|かなら)ず(?=、|$|とも|\s) | (無)(い|く|かっ) | なし(?=$|で|だ) | ぬ$ | んない
            | 不要 | 無関係 | 無意味 | 無駄 | 無効 | 無用 | 不可能 | ゼロ(?!から) | 皆無 | 無理 | だめ | ダメ | 駄目)
        | (?<turn>防[がぎぐげごい止] | 避け | 抑え | 抑制 | 妨げ | 妨害 | 止め | 遮 | 阻 | [ふ塞](さ[がいぎ]|[がいぎ]) | 減ら | 軽減 | 緩和 | 和らげ | 回避 | 解決 | 解消 | 対処 | 対策 | 克服 | 乗り越え | 捨て | 取り除 | 失敗 | (?<=[しりえけせてねべめれげじちにびみぎき])(にく|づら)[いく])
        """,
        Options | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Negations { get; }

    // a comma behind a subject, an object or a condition ends nothing
    [GeneratedRegex(
        """
        (?<![はもとばをに]|なら|たら|て|では|でも|には)(?<!(?<!(です|ます|た|だ|る|い|う|く|せん))が)[、,] | (?<=ず|なく|して|ます|です)、 | ので(?!す|しょ|は|あ)、? | けれ?ど(も)?、? | のに、? | (?<=(です|ます|せん|る|ない|た|だ))が、? | (?<=(では|じゃ)なく(て)?)、? | [:()「」]
        """,
        Options | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Boundaries { get; }

    [GeneratedRegex("(?<![にでとへらりの]|まで)は(?!ず)|(?<!ことだけ|こと|な|た)が(?!ち|ら)|(?<![てでにと])も(?![のっしう])", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Subjects { get; }

    [GeneratedRegex("^[\\s、]*(でも|しかし)?、?(これ|それ|そう|この考え|というの)(は|が|で|も)?(間違い|間違って|誤り|嘘|うそ|違い|違う|ちがう|正しくな|正しくありません|はな|はありません|誤解|デマ)", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Retraction { get; }

    [GeneratedRegex("(?<![のん](では|じゃ)ない)(?<!(では|じゃ)ない)(でしょうか|ですか|ますか|だろうか|のか)$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Question { get; }

    // 〜かな？, 〜よね？ and 〜じゃない？ state, with reserve
    [GeneratedRegex("(かな|よね|ですね|じゃん|(では|じゃ)ない(か|ですか|でしょうか)?|から)$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Softened { get; }

    // 消えて届かない: whether 消えて is denied too, nobody can say
    [GeneratedRegex("(?<=[っいえけせてねべめれげじしちにびみぎきりく])て(?![いしくもはおみあ])|んで(?![いしくもはおみあ])", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Chains { get; }

    // what may stand between a subject and its negation without being what is denied: 〜ことが「でき」ない
    [GeneratedRegex("^(でき|あり|いり)?$", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Auxiliary { get; }

    // “even if”: what is denied after it is denied of all that stands before
    [GeneratedRegex("[てで]も", Options, matchTimeoutMilliseconds: 20_000)]
    private static partial Regex Concession { get; }

    private static IEnumerable<Range> Parts(string words)
    {
        int begin = 0;
        foreach (Match match in Boundaries.Matches(words))
        {
            int end = match.Index + match.Length;
            if (end > begin && end < words.Length)
            {
                yield return begin..end;
                begin = end;
            }
        }

        yield return begin..words.Length;
    }

    private static Negator Of(Match match, string words, Range clause)
    {
        Range word = match.Index..(match.Index + match.Length);
        Range before = clause.Start.Value..Math.Max(clause.Start.Value, match.Index);
        Range predicate = Predicate(words, before);
        Range onwards = predicate.Start.Value..Math.Max(match.Index, clause.End.Value);
        return match switch
        {
            _ when match.Groups["doubt"].Success => new Negator(NegatorKind.Doubt, word, before, 0..match.Index),
            _ when match.Groups["whole"].Success => new Negator(NegatorKind.Plain, word, before, before),
            _ when match.Groups["contrast"].Success => new Negator(NegatorKind.Plain, word, predicate, predicate),
            _ when match.Groups["stillso"].Success => new Negator(NegatorKind.Plain, word, onwards, onwards),
            _ when match.Groups["condition"].Success => new Negator(NegatorKind.Soft, word, onwards, onwards),
            _ when match.Groups["means"].Success || match.Groups["turn"].Success => new Negator(NegatorKind.Soft, word, predicate, predicate),
            _ => new Negator(NegatorKind.Plain, word, Concession.IsMatch(words[before]) ? before : predicate, before),
        };
    }

    // from behind the last subject; where nothing but the subject stands before (効果はない), it is what is denied
    private static Range Predicate(string words, Range before)
    {
        string text = words[before];
        int from = 0;
        foreach (Match subject in Subjects.Matches(text))
        {
            int end = subject.Index + subject.Length;
            if (!Auxiliary.IsMatch(text[end..]))
            {
                from = end;
            }
        }

        from = Math.Max(from, Chains.Matches(text).Select(chain => chain.Index + chain.Length).LastOrDefault());
        return (before.Start.Value + from)..before.End.Value;
    }
}
