using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Attention from top to bottom: query, key and value from x; scores and weights from query and key; the weights mix the values.</summary>
internal static class AttentionPicture
{
    private const int Width = 340;
    private const int Height = 400;
    private const int Narrow = 58;
    private const int Wide = 170;

    /// <summary>The picture.</summary>
    public static Html Draw(string id, Language language)
    {
        bool japanese = language == Language.Japanese;
        (int X, string Matrix, string Name)[] heads = [(62, "W_q", japanese ? "クエリ q" : "query q"), (158, "W_k", japanese ? "キー k" : "key k"), (276, "W_v", japanese ? "バリュー v" : "value v")];
        const int middle = 110;
        var sketch = new SvgSketch(Width, Height);
        sketch.Text(158, 20, "x");
        sketch.Way(isArrow: false, (158, 26), (158, 44));
        foreach ((int x, string matrix, string name) in heads)
        {
            sketch.Way(isArrow: true, (158, 44), (x, 44), (x, 66));
            sketch.Box(x, 81, Narrow, matrix);
            sketch.Text(x, 116, name, size: 13);
        }

        sketch.Way(isArrow: false, (62, 122), (62, 138), (middle, 138));
        sketch.Way(isArrow: false, (158, 122), (158, 138), (middle, 138));
        sketch.Way(isArrow: true, (middle, 138), (middle, 158));
        sketch.Box(middle, 173, Wide, japanese ? "スコア q·k/√d" : "scores q·k/√d");
        sketch.Way(isArrow: true, (middle, 188), (middle, 214));
        sketch.Box(middle, 229, Wide, "softmax");
        sketch.Way(isArrow: true, (middle, 244), (middle, 302));
        sketch.Text(middle + 10, 278, japanese ? "重み" : "weights", "start", 13);
        sketch.Box(middle, 317, Wide, japanese ? "重みで混ぜる" : "mix by weights", standsOut: true);
        sketch.Way(isArrow: true, (276, 122), (276, 317), (middle + (Wide / 2), 317));
        sketch.Way(isArrow: true, (middle, 332), (middle, 362));
        sketch.Text(middle, 384, japanese ? "出力" : "output");
        return sketch.Draw(
            id,
            japanese ? "アテンションの流れ" : "How attention computes",
            japanese
                ? "x から、行列 W_q、W_k、W_v によってクエリ、キー、バリューができます。クエリとキーの内積を √d で割ったものがスコアで、softmax がそれを重みにします。重みでバリューを混ぜたものが出力です。"
                : "The matrices W_q, W_k and W_v make query, key and value of x. Products of query and key, divided by √d, are scores; a softmax makes them weights; the weights mix the values to the output.");
    }
}
