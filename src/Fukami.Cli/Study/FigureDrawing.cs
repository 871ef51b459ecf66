using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Figures of lessons in characters, at most 78 columns wide. What they show follows from the arrangement that they draw.</summary>
internal static class FigureDrawing
{
    private const int SkipColumn = 8;

    /// <summary>The lines; none if this figure has no drawing in characters.</summary>
    public static IReadOnlyList<string> Of(FigureBlock figure, Language language)
    {
        bool japanese = language == Language.Japanese;
        return figure.Draw switch
        {
            "residual-block" => Sublayer(LayerShape.ResidualBlock, "x", "F", "y = x + F(x)", japanese),
            "layer" => Layer(LessonFigure.ResidualOf(figure), japanese),
            "tensor-axes" => Axes(japanese),
            "attention" => Attention(japanese),
            _ => [],
        };
    }

    private static List<string> Layer(string residual, bool japanese)
    {
        // layers that this drawing has no characters for are told by their caption alone
        if (LayerShape.Of(residual) is not { IsParallel: false, ScalesSkip: false, ScalesBranch: false, ScalesInput: false } shape)
        {
            return [];
        }

        return [
            .. Sublayer(shape, "x", japanese ? "アテンション" : "attention", "", japanese),
            "",
            .. Sublayer(shape, "", japanese ? "フィードフォワード" : "feed-forward", "", japanese),
            "",
            japanese ? "  N: 正規化   (+): 足し算" : "  N: normalization   (+): sum",
        ];
    }

    // two lines: the skip path above, the branch below
    private static List<string> Sublayer(LayerShape shape, string input, string sublayer, string output, bool japanese)
    {
        string branch = $"{(shape.NormBefore ? "─▶[ N ]" : "")}─▶[ {sublayer} ]{(shape.NormOfBranch ? "─▶[ N ]" : "")}──▶";
        string start = input.Length == 0 ? $"    {new string('─', SkipColumn - 4)}" : $"  {input} {new string('─', SkipColumn - 3 - input.Length)}";
        string after = $"{(shape.NormAfterSum ? "──▶[ N ]" : "")}──▶ {output}".TrimEnd();
        if (!shape.HasSkip)
        {
            return [$"{start}─{branch[..^3]}{after}"];
        }

        string name = japanese ? " スキップ経路 " : " skip path ";
        branch = branch[..^1] + new string('─', Math.Max(0, DisplayWidth.Of(name) + 3 - DisplayWidth.Of(branch))) + "▶";
        int inner = DisplayWidth.Of(branch) + 1;
        int left = Math.Max(1, (inner - DisplayWidth.Of(name)) / 2);
        string skip = new string('─', left) + name + new string('─', Math.Max(1, inner - left - DisplayWidth.Of(name)));
        return
        [
            $"{new string(' ', SkipColumn)}┌{skip}┐",
            $"{new string(' ', SkipColumn)}│{new string(' ', DisplayWidth.Of(skip))}▼",
            $"{start}┴{branch}(+){after}",
        ];
    }

    private static List<string> Axes(bool japanese)
    {
        const int column = 38;
        string sentence = japanese ? "文" : "sentence";
        string[] heads = japanese ? ["層正規化", "バッチ正規化"] : ["layer normalization", "batch normalization"];
        string[] under = japanese ? ["一つの位置の、すべての特徴", "一つの特徴の、すべての文と位置"] : ["all features of one position", "one feature of all positions"];
        var lines = new List<string> { Beside($"  {heads[0]}", $"  {heads[1]}"), Beside($"  {under[0]}", $"  {under[1]}"), "" };
        string features = $"{new string(' ', 16)}{(japanese ? "特徴" : "features")} 1 2 3 4";
        features = DisplayWidth.PadLeft(features.TrimStart(), 16 + 9);
        lines.Add(Beside(features, features));
        for (int row = 0; row < 6; row++)
        {
            string name = row % 3 == 0 ? $"{sentence} {(row / 3) + 1}" : "";
            string place = DisplayWidth.PadRight($"  {name}", 14) + $"{(row % 3) + 1}  ";
            lines.Add(Beside(place + (row == 1 ? "█ █ █ █" : "· · · ·"), place + "· █ · ·"));
        }

        return lines;

        static string Beside(string left, string right) => (DisplayWidth.PadRight(left, column) + right).TrimEnd();
    }

    private static List<string> Attention(bool japanese)
    {
        (string query, string key, string value) = japanese ? ("クエリ", "キー", "バリュー") : ("query", "key", "value");
        string mixed = japanese ? "重みで混ぜる" : "mix by weights";
        string weights = japanese ? "重み" : "weights";
        const int column = 24;
        string q = DisplayWidth.PadRight($"      ┌─▶ W_q ─▶ {query} q", column);
        string k = DisplayWidth.PadRight($"  x ──┼─▶ W_k ─▶ {key} k", column);
        string v = DisplayWidth.PadRight($"      └─▶ W_v ─▶ {value} v", column + 1);
        string middle = $"─▶ q·k/√d ─▶ softmax ─▶ {weights}";
        return
        [
            $"{q} ─┐",
            $"{k} ─┴{middle} ─┐",
            $"{v}{new string('─', Math.Max(1, DisplayWidth.Of(k) + 3 + DisplayWidth.Of(middle) + 2 - DisplayWidth.Of(v)))}┴─▶ {mixed}",
        ];
    }
}
