using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A block of numbers (sentence, position, feature) twice: what layer normalization averages, and what batch normalization does.</summary>
internal static class AxesPicture
{
    private const int Width = 340;
    private const int Height = 236;
    private const int Size = 20;
    private const int Sentences = 2;
    private const int Positions = 3;
    private const int Features = 4;

    /// <summary>The picture.</summary>
    public static Html Draw(string id, Language language)
    {
        bool japanese = language == Language.Japanese;
        var sketch = new SvgSketch(Width, Height);
        Grid(sketch, 82, japanese ? "層正規化" : "layer norm", japanese, (row, _) => row == 1);
        Grid(sketch, 250, japanese ? "バッチ正規化" : "batch norm", japanese, (_, feature) => feature == 1);
        return sketch.Draw(
            id,
            japanese ? "何を平均するか" : "What is averaged",
            japanese
                ? "2 つの文、それぞれ 3 つの位置、4 つの特徴からなる表が二つ並んでいます。層正規化では一つの位置の 4 つの特徴すべてに、バッチ正規化では一つの特徴のすべての文と位置に、印が付いています。"
                : "Two equal tables of two sentences with three positions each, and four features. For layer normalization all four features of one position are marked; for batch normalization one feature at all positions of all sentences.");
    }

    private static void Grid(SvgSketch sketch, int left, string title, bool japanese, Func<int, int, bool> isFull)
    {
        const int top = 66;
        sketch.Text(left + (Features * Size / 2), 20, title);
        sketch.Text(left + (Features * Size / 2), 42, japanese ? "特徴" : "features", size: 12);
        sketch.Text(left - 6, top - 6, japanese ? "位置" : "pos.", "end", 12);
        for (int feature = 0; feature < Features; feature++)
        {
            sketch.Text(left + (feature * Size) + (Size / 2), top - 6, (feature + 1).ToString(CultureInfo.InvariantCulture), size: 12);
        }

        for (int row = 0; row < Sentences * Positions; row++)
        {
            int y = top + (row * Size) + (row / Positions * 14);
            if (row % Positions == 0)
            {
                string sentence = string.Create(CultureInfo.InvariantCulture, $"{(japanese ? "文" : "sent.")} {(row / Positions) + 1}");
                sketch.Text(left - 34, y + 14, sentence, "end", 12);
            }

            sketch.Text(left - 6, y + 14, ((row % Positions) + 1).ToString(CultureInfo.InvariantCulture), "end", 12);
            for (int feature = 0; feature < Features; feature++)
            {
                sketch.Cell(left + (feature * Size), y, Size, isFull(row, feature));
            }
        }

        sketch.Text(left + (Features * Size / 2), Height - 14, isFull(1, 0) ? japanese ? "一つの位置" : "one position" : japanese ? "一つの特徴" : "one feature", size: 13);
    }
}
