using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A layer from top to bottom: the stream on the left, where the skip path goes straight on, and the sublayers beside it.</summary>
/// <param name="shape">What stands where.</param>
/// <param name="language">The language of the words.</param>
internal sealed class LayerPicture(LayerShape shape, Language language)
{
    private const int Width = 340;
    private const int Stream = 112;
    private const int Branch = 236;
    private const int Step = 46;
    private const int SublayerBox = 148;
    private const int NormBox = 40;
    private const int Radius = 10;
    private const int HalfBox = 15;

    private readonly List<Action<SvgSketch>> pieces = [];
    private int y = 24;

    /// <summary>One sublayer F and its skip path.</summary>
    public Html ResidualBlock(string id)
    {
        Begin("x");
        Sublayer("F");
        return End(id, "y = x + F(x)", Say("A residual block", "残差ブロック"), Say(
            "The input x parts in two. One way goes straight on, the skip path; the other goes through the sublayer F. Both are added to y.",
            "入力 x は二手に分かれます。一方はスキップ経路としてそのまま進み、もう一方は副層 F を通ります。最後に足し合わされて y になります。"));
    }

    /// <summary>Attention and feed-forward.</summary>
    public Html Layer(string id, string name)
    {
        Begin("x");
        if (shape.IsParallel)
        {
            Parallel();
        }
        else
        {
            Sublayer(Attention);
            Sublayer(FeedForward);
        }

        return End(id, "", Say($"A layer with residual={name}", $"residual={name} の層"), Description());
    }

    private string Attention => Say("attention", "アテンション");

    private string FeedForward => Say("feed-forward", "フィードフォワード");

    private void Begin(string name) => At(y - 8, (sketch, at) => sketch.Text(Stream, at, name));

    private Html End(string id, string output, string title, string description)
    {
        int end = y + 26;
        At(y, (sketch, at) => sketch.Way(isArrow: true, (Stream, at), (Stream, end)));
        int height = end + 10;
        if (output.Length > 0)
        {
            At(end + 18, (sketch, at) => sketch.Text(Stream, at, output));
            height += 18;
        }
        else if (shape.NormBefore || shape.NormOfBranch || shape.NormAfterSum)
        {
            At(end - 4, (sketch, at) => sketch.Text(Branch, at, Say("N: normalization", "N: 正規化"), size: 13));
        }

        var sketch = new SvgSketch(Width, height);
        pieces.ForEach(draw => draw(sketch));
        return sketch.Draw(id, title, description);
    }

    private void Sublayer(string name)
    {
        if (!shape.HasSkip)
        {
            Down(Stream, name, SublayerBox, standsOut: false);
            AfterSum();
            return;
        }

        int fork = y + 16;
        At(y, (sketch, at) => sketch.Way(isArrow: false, (Stream, at), (Stream, fork)));
        y = fork;
        At(fork, (sketch, at) => sketch.Way(isArrow: false, (Stream, at), (Branch, at)));
        if (shape.NormBefore)
        {
            Down(Branch, shape.ScalesInput ? "N/√l" : "N", shape.ScalesInput ? NormBox + 16 : NormBox, standsOut: true);
        }

        Down(Branch, name, SublayerBox, standsOut: false);
        if (shape.NormOfBranch)
        {
            Down(Branch, "N", NormBox, standsOut: true);
        }

        if (shape.ScalesBranch)
        {
            Down(Branch, "×α", NormBox, standsOut: false);
        }

        int sum = y + 24;
        At(y, (sketch, at) => sketch.Way(isArrow: true, (Branch, at), (Branch, sum), (Stream + Radius, sum)));
        Skip(fork, sum);
        y = sum + Radius;
        AfterSum();
    }

    // one normalization, and two sublayers that read the same of it
    private void Parallel()
    {
        const int bus = Width - 14;
        int fork = y + 16;
        At(y, (sketch, at) => sketch.Way(isArrow: false, (Stream, at), (Stream, fork)));
        y = fork;
        At(fork, (sketch, at) => sketch.Way(isArrow: false, (Stream, at), (Branch, at)));
        Down(Branch, "N", NormBox, standsOut: true);
        int norm = y - HalfBox;
        int first = norm + Step;
        int second = first + Step;
        pieces.Add(sketch =>
        {
            sketch.Way(isArrow: false, (Branch + (NormBox / 2), norm), (bus, norm), (bus, second));
            foreach ((int at, string name) in ((int, string)[])[(first, Attention), (second, FeedForward)])
            {
                sketch.Box(Branch - 4, at, SublayerBox, name);
                sketch.Way(isArrow: true, (bus, at), (Branch - 4 + (SublayerBox / 2), at));
                sketch.Way(isArrow: true, (Branch - 4 - (SublayerBox / 2), at), (Stream + Radius, at));
            }

            sketch.Way(isArrow: true, (Stream, first + Radius), (Stream, second - Radius));
            sketch.Sum(Stream, second);
        });
        Skip(fork, first);
        y = second + Radius;
    }

    private void Skip(int fork, int sum)
    {
        pieces.Add(sketch =>
        {
            sketch.Way(isArrow: true, (Stream, fork), (Stream, sum - Radius));
            sketch.Sum(Stream, sum);
            sketch.Text(Stream - 12, ((fork + sum) / 2) + 5, Say("skip path", "スキップ経路"), "end");
            if (shape.ScalesSkip)
            {
                sketch.Text(Stream + 8, ((fork + sum) / 2) + 5, "×α", "start");
            }
        });
    }

    private void AfterSum()
    {
        if (shape.NormAfterSum)
        {
            Down(Stream, "N", NormBox, standsOut: true);
        }
    }

    // a box a step further down, with the arrow to it
    private void Down(int x, string name, int wide, bool standsOut)
    {
        int middle = y + Step - HalfBox;
        At(y, (sketch, at) =>
        {
            sketch.Way(isArrow: true, (x, at), (x, middle - HalfBox));
            sketch.Box(x, middle, wide, name, standsOut);
        });
        y = middle + HalfBox;
    }

    private void At(int place, Action<SvgSketch, int> draw) => pieces.Add(sketch => draw(sketch, place));

    private string Description()
    {
        var said = new List<string>
        {
            shape.IsParallel
                ? Say("The stream parts: one way goes straight on as the skip path, the other through one normalization and then side by side through attention and feed-forward, and both are added to the stream.", "流れは分かれ、一方はスキップ経路としてそのまま進みます。もう一方は一つの正規化を通ってから、アテンションとフィードフォワードを並んで通り、どちらも流れに足されます。")
                : shape.HasSkip
                    ? Say("Twice, for attention and for feed-forward, the stream parts: one way goes straight on as the skip path, the other through the sublayer, and both are added.", "アテンションとフィードフォワードのそれぞれで流れが分かれます。一方はスキップ経路としてそのまま進み、もう一方は副層を通って、足し合わされます。")
                    : Say("The stream goes through attention and then through feed-forward; there is no skip path.", "流れはアテンション、フィードフォワードの順に通ります。スキップ経路はありません。"),
        };
        AddIf(shape is { NormBefore: true, IsParallel: false }, "A normalization stands in front of the sublayer.", "正規化は副層の手前にあります。");
        AddIf(shape.ScalesInput, "What it gives is divided by the root of the layer's number.", "その出力は層の番号の平方根で割られます。");
        AddIf(shape.NormOfBranch, "A second normalization stands behind the sublayer, before the sum.", "もう一つの正規化が、副層のあと、和の手前にあります。");
        AddIf(shape.ScalesBranch, "The sublayer's output is multiplied by a learned α.", "副層の出力には、学習される α が掛けられます。");
        AddIf(shape.ScalesSkip, "The skip path is multiplied by α.", "スキップ経路には α が掛けられます。");
        AddIf(shape is { NormAfterSum: true, HasSkip: true }, "A normalization stands behind the sum, on the stream's own way.", "正規化は和のあと、流れそのものの上にあります。");
        AddIf(shape is { NormAfterSum: true, HasSkip: false }, "A normalization stands behind each sublayer.", "正規化はそれぞれの副層のあとにあります。");
        AddIf(shape is { NormBefore: true, NormAfterSum: false, ScalesSkip: false }, "Nothing stands on the skip path.", "スキップ経路の上には何もありません。");
        return string.Join(Say(" ", ""), said);

        void AddIf(bool holds, string english, string japanese)
        {
            if (holds)
            {
                said.Add(Say(english, japanese));
            }
        }
    }

    private string Say(string english, string japanese) => language == Language.Japanese ? japanese : english;
}
