using System.Globalization;
using System.Text;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>A trace on the screen: points, identities, bars by layer, attention, predictions, and what was asked for. Readable at 80 columns and without colour.</summary>
internal sealed class TraceScreen(Terminal terminal)
{
    private const int LongestList = 15;
    private const int FigureWidth = 9;
    private const int LayerWidth = 4;
    private const int WidestCell = 14;
    private const int LeastCell = 6;
    private const int WidthOfShares = 12;
    private const string Shades = " ·░▒▓█";

    private static readonly Quantity Layer = new("layer", new LocalizedText("layer", "層"), "", Logarithmic: false);
    private static readonly Quantity Size = new("stream_size", new LocalizedText("norm/√width, mean over positions; behind each layer (0: in front of the first)", "ノルム/√width の位置平均。各層の後（0 は最初の層の前）"), "", Logarithmic: false);
    private static readonly Quantity Scale = new("ln_scale", new LocalizedText("what each normalization divides by, mean over positions", "各正規化が割るスケールの位置平均"), "", Logarithmic: false);
    private static readonly Quantity GradientNorm = new("gradient_norm", new LocalizedText("norm of the stream's gradient, and the direct path's share of it", "残差ストリームの勾配のノルムと、直接経路の割合"), "", Logarithmic: false);

    /// <summary>Writes the trace to standard output.</summary>
    /// <param name="report">The trace.</param>
    /// <param name="all">Whether every point is written, and not only those of the first and the last layer.</param>
    public void Write(TraceReport report, bool all)
    {
        Line($"{report.Model}: {report.Settings.Kind}, depth={report.Settings.Depth} width={report.Settings.Width} heads={report.Settings.Heads} residual={report.Settings.Residual} norm={report.Settings.Norm}");
        Line(terminal.Say($"{report.Prompt.Ids.Count} tokens: ", $"{report.Prompt.Ids.Count} トークン: ") + string.Join('|', report.Prompt.Texts.Select(Visible)));
        Fold(report.Fold);
        Points(report, all);
        Identities(report);
        Streams(report);
        Scales(report);
        Gradient(report.Gradient);
        Attention(report);
        Lens(report);
        Attribution(report.Attribution);
        Heads(report);
        Sweep(report);
        Predictions(report);
        Footer(report);
    }

    private void Fold(FoldFigures? fold)
    {
        if (fold is null)
        {
            return;
        }

        Line(terminal.Say(
            $"Folded {fold.Folded.Count} normalizations{(fold.Kept.Count > 0 ? $", kept {string.Join(", ", fold.Kept)}" : "")}; the logits changed by {Figure.Of(fold.LogitChange)} of their norm.",
            $"{fold.Folded.Count} 個の正規化を畳み込みました{(fold.Kept.Count > 0 ? $"（{string.Join("、", fold.Kept)} はそのまま）" : "")}。ロジットの変化はノルムの {Figure.Of(fold.LogitChange)} です。"));
    }

    private void Points(TraceReport report, bool all)
    {
        int last = report.Settings.Depth - 1;
        PointFigures[] shown = [.. report.Points.Where(p => all || last < 2 || !p.Name.StartsWith("blocks.", StringComparison.Ordinal) || LayerOf(p.Name) == 0 || LayerOf(p.Name) == last)];
        Title("Points", "名前付きの点");
        Table(shown, point => point.Value);
        PointFigures[] differentiated = [.. shown.Where(p => p.Gradient is not null)];
        if (differentiated.Length > 0)
        {
            Title($"Gradients of {report.Gradient!.Of} = {Figure.Of(report.Gradient.Value)}", $"{report.Gradient.Of}（値 {Figure.Of(report.Gradient.Value)}）の勾配");
            Table(differentiated, point => point.Gradient!);
        }

        if (shown.Length < report.Points.Count)
        {
            Line(last == 2
                ? terminal.Say("Layer 1 is left out here: --point 'blocks.*' shows all.", "層 1 は省略しました。--point 'blocks.*' で全層を表示します。")
                : terminal.Say($"Layers 1 to {last - 1} are left out here: --point 'blocks.*' shows all.", $"層 1 から {last - 1} は省略しました。--point 'blocks.*' で全層を表示します。"));
        }
    }

    private void Table(PointFigures[] points, Func<PointFigures, NumberFigures> figures)
    {
        int name = points.Length == 0 ? 5 : points.Max(p => p.Name.Length);
        int shape = points.Length == 0 ? 5 : points.Max(p => Extents(p).Length);
        bool fits = name + 1 + shape + (5 * (FigureWidth - 1)) <= terminal.Width;
        int figure = fits ? Math.Min(FigureWidth, (terminal.Width - name - 1 - shape) / 5) : FigureWidth - 1;
        string head = string.Concat(((string[])[terminal.Say("mean", "平均"), terminal.Say("variance", "分散"), terminal.Say("norm", "ノルム"), terminal.Say("min", "最小"), terminal.Say("max", "最大")])
            .Select(text => DisplayWidth.PadLeft(text, figure)));
        terminal.Out.WriteLine(DisplayWidth.PadRight(terminal.Say("point", "点"), name + 1) + DisplayWidth.PadRight(terminal.Say("shape", "形状"), shape) + head);
        foreach (PointFigures point in points)
        {
            NumberFigures f = figures(point);
            terminal.Out.WriteLine($"{DisplayWidth.PadRight(point.Name, name + 1)}{DisplayWidth.PadRight(Extents(point), shape)}{string.Concat(
                ((double[])[f.Mean, f.Variance, f.Norm, f.Minimum, f.Maximum]).Select(number => DisplayWidth.PadLeft(Figure.Of(number), figure)))}");
        }
    }

    // a trace reads one sentence
    private static string Extents(PointFigures point) => string.Join('×', point.Shape.Skip(point.Shape.Count > 2 ? 1 : 0));

    private static int LayerOf(string name) => int.Parse(name.Split('.')[1], CultureInfo.InvariantCulture);

    private void Identities(TraceReport report)
    {
        if (report.Identities.Count == 0)
        {
            return;
        }

        Title("Identities: largest relative error", "恒等式: 最大の相対誤差");
        int widest = report.Identities.Max(i => DisplayWidth.Of(i.Equation)) + 2;
        foreach (IdentityFigures identity in report.Identities)
        {
            string verdict = identity.Holds ? terminal.Say("✓ holds", "✓ 成立") : terminal.Say("✗ does not hold", "✗ 不成立");
            string places = identity.Places == 1 ? "" : terminal.Say($"in {identity.Places} layers", $"{identity.Places} 層で");
            Line($"  {DisplayWidth.PadRight(identity.Equation, widest)}{DisplayWidth.PadRight(Figure.Of(identity.LargestError), FigureWidth)}{verdict} {places}".TrimEnd());
        }
    }

    private void Streams(TraceReport report)
    {
        if (report.Streams.Count == 0)
        {
            return;
        }

        Title("Stream and branches", "残差ストリームと副層の出力");
        int rows = report.Settings.Depth + 1;
        Bars(Size, [.. report.Streams.Select(s => (s.Name, s.FirstLayer == 0 ? s.Means : [double.NaN, .. s.Means]))], rows);
    }

    private void Scales(TraceReport report)
    {
        (string Name, IReadOnlyList<double> Means)[] layered = [.. report.Scales.Where(s => s.Means.Count == report.Settings.Depth && !s.Name.StartsWith("ln_", StringComparison.Ordinal)).Select(s => (s.Name, s.Means))];
        if (report.Scales.Count == 0)
        {
            return;
        }

        Title("Normalization", "正規化");
        if (layered.Length > 0)
        {
            Bars(Scale, layered, report.Settings.Depth);
        }

        foreach (ScaleFigures single in report.Scales.Where(s => !layered.Any(l => string.Equals(l.Name, s.Name, StringComparison.Ordinal))))
        {
            Line($"{single.Name}  {string.Join("  ", single.Means.Select(Figure.Of))}");
        }
    }

    private void Gradient(GradientFigures? gradient)
    {
        if (gradient is null)
        {
            return;
        }

        Title($"Gradient of {gradient.Of} = {Figure.Of(gradient.Value)}", $"{gradient.Of}（値 {Figure.Of(gradient.Value)}）の勾配");
        (string, IReadOnlyList<double>)[] share = [(terminal.Say("direct path", "直接経路"), gradient.DirectShare)];
        double[] norms = [.. gradient.Layers.Select(positions => Math.Sqrt(positions.Sum(norm => norm * norm)))];
        Bars(GradientNorm, norms.Length > 0 ? [(terminal.Say("gradient", "勾配"), norms), .. share] : share, gradient.DirectShare.Count);
    }

    private void Bars(Quantity quantity, (string Name, IReadOnlyList<double> Values)[] lines, int rows)
    {
        double[] x = [.. Enumerable.Range(0, rows).Select(i => (double)i)];
        new BarChart(terminal).Write([.. lines.Select(line => new Series
        {
            Name = line.Name,
            Quantity = quantity,
            XQuantity = Layer,
            X = x,
            Y = line.Values,
            Low = line.Values,
            High = line.Values,
        })]);
    }

    private void Attention(TraceReport report)
    {
        if (report.Attention.Count == 0)
        {
            return;
        }

        IReadOnlyList<string> tokens = report.Prompt.Texts;
        int heads = report.Attention.Max(h => h.Head) + 1;
        int most = Math.Min(heads, (terminal.Width - LayerWidth) / LeastCell);
        string focus = Shown(tokens[report.Prompt.Focus]);
        Title("Attention: entropy of each head in nats, mean over queries", "注意: 各ヘッドのエントロピー（nat、クエリ平均）");
        Grid(head => Figure.Of(head.Entropy));
        Title($"Attention: the token that “{focus}” (position {report.Prompt.Focus}) looks at most", $"注意: 「{focus}」（位置 {report.Prompt.Focus}）が最も見ているトークン");
        Grid(head => $"{Shown(tokens[head.LooksAt])} {Share(head.Weight)}", head => Shown(tokens[head.LooksAt]));

        void Grid(Func<HeadFigures, string> figure, Func<HeadFigures, string>? narrow = null)
        {
            for (int start = 0; start < heads; start += most)
            {
                int shown = Math.Min(most, heads - start);
                int width = Math.Min(WidestCell, (terminal.Width - LayerWidth) / shown);
                Row("", Enumerable.Range(start, shown).Select(h => h.ToString(CultureInfo.InvariantCulture)), width);
                foreach (IGrouping<int, HeadFigures> layer in report.Attention.GroupBy(h => h.Layer))
                {
                    Row(layer.Key.ToString(CultureInfo.InvariantCulture), layer.Skip(start).Take(shown).Select(width < WidthOfShares ? narrow ?? figure : figure), width);
                }
            }
        }
    }

    private void Lens(TraceReport report)
    {
        if (report.Lens is not { } lens)
        {
            return;
        }

        Title(
            lens.FixedScale ? "Logit lens behind each layer (0: in front of the first), with the last stream's scale" : "Logit lens behind each layer (0: in front of the first)",
            lens.FixedScale ? "ロジットレンズ: 各層の後（0 は最初の層の前）、最終層のスケール" : "ロジットレンズ: 各層の後（0 は最初の層の前）");
        int positions = report.Prompt.Ids.Count;
        const int cell = 10;
        int most = Math.Max(1, (terminal.Width - LayerWidth) / cell);
        for (int start = 0; start < positions; start += most)
        {
            int shown = Math.Min(most, positions - start);
            Row("", report.Prompt.Texts.Skip(start).Take(shown).Select(Shown), cell);
            Row("", Enumerable.Repeat(new string('─', cell - 2), shown), cell);
            for (int layer = 0; layer < lens.Layers.Count; layer++)
            {
                Row(layer.ToString(CultureInfo.InvariantCulture), lens.Layers[layer].Skip(start).Take(shown).Select(c => $"{Cut(Shown(c.Text), cell - 5)} {Share(c.Probability)}"), cell);
            }
        }
    }

    private void Attribution(AttributionFigures? attribution)
    {
        if (attribution is null)
        {
            return;
        }

        Title(
            $"Who wrote the logit of {attribution.Of} at position {attribution.Position}: {Figure.Of(attribution.Logit)}, parts sum to {Figure.Of(attribution.Sum)}",
            $"位置 {attribution.Position} の {attribution.Of} のロジット {Figure.Of(attribution.Logit)} の内訳（和 {Figure.Of(attribution.Sum)}）");
        var largest = attribution.Components.OrderByDescending(c => Math.Abs(c.Value)).Take(LongestList).ToList();
        double most = Math.Max(double.Epsilon, largest.Count > 0 ? Math.Abs(largest[0].Value) : 0);
        int name = largest.Max(c => c.Name.Length) + 2;
        foreach ((string part, double value) in largest)
        {
            int bar = (int)Math.Round(Math.Abs(value) / most * 30);
            Line($"  {DisplayWidth.PadRight(part, name)}{DisplayWidth.PadLeft(Figure.Of(value), FigureWidth - 1)}  {new string(value < 0 ? '░' : '█', bar)}".TrimEnd());
        }

        double rest = attribution.Sum - largest.Sum(c => c.Value);
        if (attribution.Components.Count > largest.Count)
        {
            string others = terminal.Say($"{attribution.Components.Count - largest.Count} others", $"他の {attribution.Components.Count - largest.Count} 個");
            Line($"  {DisplayWidth.PadRight(others, name)}{DisplayWidth.PadLeft(Figure.Of(rest), FigureWidth - 1)}");
        }
    }

    private void Heads(TraceReport report)
    {
        if (report.Heads is not { } heads)
        {
            return;
        }

        Title(
            $"What the heads of layer {heads.Layer} add at position {report.Prompt.Focus}: norm, and share of attn_out",
            $"層 {heads.Layer} の各ヘッドが位置 {report.Prompt.Focus} に加える量: ノルムと attn_out に占める割合");
        foreach (HeadOutputFigures output in heads.Outputs)
        {
            Line($"  {DisplayWidth.PadRight(output.Name, 6)}{DisplayWidth.PadLeft(Figure.Of(output.Norm), FigureWidth)}{DisplayWidth.PadLeft(Figure.Of(output.Share), FigureWidth)}");
        }
    }

    private void Sweep(TraceReport report)
    {
        if (report.Sweep is not { } sweep)
        {
            return;
        }

        Title(
            $"Patching {sweep.Site}: {sweep.Of} is {Figure.Of(sweep.Target)} here and {Figure.Of(sweep.Source)} in --from; 1: the patch turns it all the way",
            $"{sweep.Site} のパッチ: {sweep.Of} は元の文で {Figure.Of(sweep.Target)}、--from で {Figure.Of(sweep.Source)}。1 ならパッチだけで完全に変わる");
        int positions = report.Prompt.Ids.Count;
        int cell = Math.Clamp((terminal.Width - LayerWidth) / positions, 1, LeastCell + 2);
        bool figures = cell >= LeastCell;
        if (figures)
        {
            Row("", report.Prompt.Texts.Select(Shown), cell);
            Row("", sweep.SourceTexts.Select(Shown), cell);
        }
        else
        {
            Line(terminal.Say("a column a position; from blank (0 or less) to █ (1)", "1 列が 1 位置。空白（0 以下）から █（1）まで"));
        }

        int most = Math.Min(positions, (terminal.Width - LayerWidth) / cell);
        for (int start = 0; start < positions; start += most)
        {
            for (int layer = 0; layer < sweep.Values.Count; layer++)
            {
                IEnumerable<double> row = Enumerable.Range(start, Math.Min(most, positions - start)).Select(position => sweep.Recovered(layer, position));
                if (figures)
                {
                    Row(layer.ToString(CultureInfo.InvariantCulture), row.Select(Hundredths), cell);
                }
                else
                {
                    Line(DisplayWidth.PadRight(layer.ToString(CultureInfo.InvariantCulture), LayerWidth) + string.Concat(row.Select(share => new string(Shade(share), cell))));
                }
            }
        }

        static string Hundredths(double share) => double.IsFinite(share) ? (Math.Round(share, 2) + 0.0).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

        static char Shade(double share) => double.IsFinite(share) ? Shades[(int)Math.Round(Math.Clamp(share, 0, 1) * (Shades.Length - 1))] : '?';
    }

    private void Predictions(TraceReport report)
    {
        foreach (PredictionFigures prediction in report.Predictions)
        {
            bool decoder = report.Settings.Kind is "decoder";
            Title(
                decoder ? "What comes next" : $"What stands at position {prediction.Position} ({Shown(report.Prompt.Texts[prediction.Position])})",
                decoder ? "次のトークン" : $"位置 {prediction.Position}（{Shown(report.Prompt.Texts[prediction.Position])}）のトークン");
            bool compared = prediction.Guesses.Any(guess => guess.Before is not null);
            if (compared)
            {
                Line(terminal.Say($"  with {string.Join(", ", report.Replaced.Distinct(StringComparer.Ordinal))} replaced, and before", $"  {string.Join("、", report.Replaced.Distinct(StringComparer.Ordinal))} を置き換えた後の確率と、前の確率"));
            }

            int widest = Math.Min(20, prediction.Guesses.Max(guess => DisplayWidth.Of(Visible(guess.Text)))) + 2;
            foreach (GuessFigures guess in prediction.Guesses)
            {
                string before = compared ? DisplayWidth.PadLeft(Figure.Of(guess.Before!.Value), FigureWidth) : "";
                string bar = new('█', (int)Math.Round(guess.Probability * 30));
                Line($"  {DisplayWidth.PadRight(Cut(Visible(guess.Text), widest - 2), widest)}{DisplayWidth.PadLeft(Figure.Of(guess.Probability), FigureWidth)}{before}  {bar}".TrimEnd());
            }
        }
    }

    private void Footer(TraceReport report)
    {
        MemoryFigures memory = report.Memory;
        terminal.Out.WriteLine();
        Line(terminal.Say(
            $"Memory: weights {Bytes(memory.Weights)}, points asked for {Bytes(memory.Asked)}, held beside the weights {Bytes(memory.Held)}.",
            $"メモリ: 重み {Bytes(memory.Weights)}、求めた点 {Bytes(memory.Asked)}、重み以外に保持 {Bytes(memory.Held)}。"));
        Line(string.Create(CultureInfo.InvariantCulture, $"{report.ElapsedSeconds:0.00} s"));
    }

    private static string Bytes(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private static string Share(double share) => share >= 0.995 ? "1.0" : share.ToString(".00", CultureInfo.InvariantCulture);

    private void Row(string head, IEnumerable<string> cells, int width) =>
        terminal.Out.WriteLine((DisplayWidth.PadRight(head, LayerWidth) + string.Concat(cells.Select(cell => DisplayWidth.PadRight(Cut(cell, width - 1), width)))).TrimEnd());

    // with the space in front, which makes it another token
    private static string Visible(string text) => Cut(text.Replace("\n", "⏎", StringComparison.Ordinal).Replace(' ', '␣'), int.MaxValue);

    // as a word
    private static string Shown(string text) => text.Replace("\n", "⏎", StringComparison.Ordinal) is var line && line.StartsWith(' ')
        ? line.Length > 1 ? line[1..] : "␣"
        : line;

    // control characters never reach the screen
    private static string Cut(string text, int columns)
    {
        var cut = new StringBuilder();
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            int next = DisplayWidth.Of(rune);
            if (width + next > columns)
            {
                break;
            }

            cut.Append(rune.ToString());
            width += next;
        }

        return cut.ToString();
    }

    private void Title(string english, string japanese)
    {
        terminal.Out.WriteLine();
        Line(terminal.Say(english, japanese));
    }

    private void Line(string text)
    {
        foreach (string line in DisplayWidth.Wrap(text, terminal.Width))
        {
            terminal.Out.WriteLine(line);
        }
    }
}
