using System.Globalization;

namespace Fukami.Lab;

/// <summary>Every step of an example as a table, and what each mistake makes of it.</summary>
internal static class AttentionTables
{
    /// <summary>The tables, in the order of the computation.</summary>
    public static IReadOnlyList<Table> Of(AttentionExample example)
    {
        var hand = new HandAttention(example);
        List<Table> tables =
        [
            Features("x", new("x: the tokens", "x: トークン"), example.Tokens, example.X),
            Features("w_q", new("W_q, the heads side by side", "W_q（ヘッドを横に並べたもの）"), Numbers(example.Query.Length), example.Query),
            Features("w_k", new("W_k", "W_k"), Numbers(example.Key.Length), example.Key),
            Features("w_v", new("W_v", "W_v"), Numbers(example.Value.Length), example.Value),
            Features("q", new("q = x·W_q", "q = x·W_q"), example.Tokens, hand.Query),
            Features("k", new("k = x·W_k", "k = x·W_k"), example.Tokens, hand.Key),
            Features("v", new("v = x·W_v", "v = x·W_v"), example.Tokens, hand.Value),
            Squares("scores", new("scores q·k: a row asks, a column answers", "スコア q·k（行が問い、列が答える）"), hand.Scores),
            Squares("scaled", new("scaled by 1/√d", "1/√d でスケール"), hand.Scaled),
            Squares("masked", new("masked: −∞ where a token may not look", "マスク後（見てはいけない位置は −∞）"), hand.Masked),
            Squares("pattern", new("pattern: the softmax of each row", "パターン（各行のソフトマックス）"), hand.Pattern),
            Features("z", new("z = pattern·v, the heads concatenated", "z = パターン·v（ヘッドを連結）"), example.Tokens, hand.Z),
            Mistakes(example),
        ];
        return tables;

        Table Squares(string name, LocalizedText title, List<double[][]> heads) => new(
            name,
            title,
            [new("head", new("head", "ヘッド")), new("token", new("token", "トークン")), .. example.Tokens.Select(Column)],
            [.. heads.SelectMany((square, head) => square.Select((row, i) => (IReadOnlyList<TableCell>)[Text(head + 1), example.Tokens[i], .. row.Select(TableCell.FromNumber)]))]);
    }

    // the last token's pattern in each head, its sum, and how far the output is off
    private static Table Mistakes(AttentionExample example)
    {
        var rows = new List<IReadOnlyList<TableCell>>();
        int last = example.Tokens.Length - 1;
        foreach (AttentionMistake mistake in (AttentionMistake[])[AttentionMistake.None, .. AttentionMistakes.Of(example)])
        {
            var hand = new HandAttention(example, mistake);
            for (int head = 0; head < example.Heads; head++)
            {
                // the mask is felt by the first tokens, so their row is the one to show there
                int token = mistake is AttentionMistake.MaskedAfterSoftmax ? 0 : last;
                double[] row = hand.Pattern[head][token];
                rows.Add([AttentionMistakes.Name(mistake), Text(head + 1), example.Tokens[token], .. row.Select(TableCell.FromNumber), row.Sum(), hand.Z[token][head * example.HeadWidth], AttentionMistakes.Difference(example, mistake)]);
            }
        }

        return new Table(
            "mistakes",
            new("Mistakes: one token's pattern, its sum, the first feature of its output, the largest error of any output", "よくある間違い: あるトークンのパターンとその和、出力の最初の特徴、出力の誤差の最大値"),
            [
                new("mistake", new("mistake", "間違い")),
                new("head", new("head", "ヘッド")),
                new("token", new("token", "トークン")),
                .. example.Tokens.Select(Column),
                new("row_sum", new("sum", "和")),
                new("first_feature", new("z₁", "z₁")),
                new("largest_difference", new("error", "誤差")),
            ],
            rows);
    }

    private static Table Features(string name, LocalizedText title, string[] labels, double[][] rows) => new(
        name,
        title,
        [new("row", new("", "")), .. Numbers(rows[0].Length).Select(Column)],
        [.. rows.Select((row, i) => (IReadOnlyList<TableCell>)[labels[i], .. row.Select(TableCell.FromNumber)])]);

    private static TableColumn Column(string name) => new(name, new(name, name));

    private static string[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(Text)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
