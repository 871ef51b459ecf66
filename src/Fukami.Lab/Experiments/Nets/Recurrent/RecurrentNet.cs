using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>
/// A stack of recurrent layers, the lab's baseline beside the Transformer: layers × time steps, each a function of the layer below and of its own
/// state before. Named points: <c>embed.17</c>, <c>layers.3.h.17</c> (and <c>.c.17</c> of an LSTM), with skip paths <c>layers.3.out.17</c>,
/// <c>logits.17</c>; all (batch, 1, ·). Layers and time steps count from 0.
/// </summary>
internal sealed class RecurrentNet
{
    private readonly RecurrentCell[] cells;
    private readonly Parameter embedding;
    private readonly Parameter unembedding;
    private readonly Point[] embed;
    private readonly Point[] logits;
    private readonly Point[,] hidden;
    private readonly Point[,] memory;
    private readonly Point[,] output;

    /// <summary>A net with blank weights.</summary>
    public RecurrentNet(RecurrentSettings settings)
    {
        Settings = settings;
        cells = [.. Enumerable.Range(0, settings.Depth).Select(l => RecurrentCell.Named(settings.Cell, l, settings.Width))];
        embedding = new Parameter("embed.weight", new Shape(settings.Vocabulary, settings.Width));
        unembedding = new Parameter("unembed.weight", new Shape(settings.Width, settings.Vocabulary));
        embed = [.. Enumerable.Range(0, settings.Length).Select(t => new Point(Name("embed", t)))];
        logits = [.. Enumerable.Range(0, settings.Length).Select(t => new Point(Name("logits", t)))];
        hidden = Points("h");
        memory = Points("c");
        output = Points("out");
        Parameters = [embedding, .. cells.SelectMany(c => (Parameter[])[c.Input, c.Recurrent, c.Bias]), unembedding];
    }

    /// <summary>What it was built from.</summary>
    public RecurrentSettings Settings { get; }

    /// <summary>All that is learned.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The name of the point where layer <paramref name="layer"/>'s output of a time step stands; −1: the embedding.</summary>
    public string OutputPoint(int layer, int step) => layer < 0
        ? embed[step].Name
        : (Settings.HasSkip ? output : hidden)[layer, step].Name;

    /// <summary>The name of the point where layer <paramref name="layer"/>'s hidden state of a time step stands.</summary>
    public string HiddenPoint(int layer, int step) => hidden[layer, step].Name;

    /// <summary>The points that carry a layer's state from a time step to the next.</summary>
    public IEnumerable<string> StatePoints(int layer, int step)
    {
        yield return hidden[layer, step].Name;
        if (cells[layer].HasMemory)
        {
            yield return memory[layer, step].Name;
        }
    }

    /// <summary>Fresh weights. A layer's do not depend on how many layers there are.</summary>
    public void Initialize(RandomSource random)
    {
        float narrow = (float)(1 / Math.Sqrt(Settings.Width));
        random.Split("embed").FillNormal(embedding.Values, (float)Settings.InputScale);
        random.Split("unembed").FillNormal(unembedding.Values, narrow);
        for (int l = 0; l < cells.Length; l++)
        {
            RandomSource ofLayer = random.Split((ulong)l);
            ofLayer.Split("input").FillNormal(cells[l].Input.Values, (float)Settings.InputGain * narrow);
            ofLayer.Split("recurrent").FillNormal(cells[l].Recurrent.Values, (float)Settings.RecurrentGain * narrow);
            cells[l].InitializeBias(Settings);
        }
    }

    /// <summary>The cross-entropy in nats: the mean over all time steps, or that of the last one alone.</summary>
    /// <param name="tape">Records the pass.</param>
    /// <param name="batch">Tokens and targets, as long as the net's time.</param>
    /// <param name="lastOnly">Whether only the last time step is asked.</param>
    public Tensor Loss(Tape tape, TokenBatch batch, bool lastOnly)
    {
        int last = Settings.Length - 1;
        var states = new RecurrentState[cells.Length];
        Tensor zero = tape.Zeros(new Shape(batch.Batch, 1, Settings.Width));
        Array.Fill(states, new RecurrentState(zero, zero));
        Tensor loss = default;
        for (int t = 0; t <= last; t++)
        {
            Tensor top = Step(tape, states, Column(batch.Ids, batch.Batch, t), t);
            if (t < last && lastOnly)
            {
                continue;
            }

            Tensor ofStep = top.Linear(unembedding).At(logits[t]).CrossEntropy(Column(batch.Targets, batch.Batch, t));
            loss = t == 0 || lastOnly ? ofStep : loss + ofStep;
        }

        return lastOnly ? loss : 1f / Settings.Length * loss;
    }

    private static string Name(string what, int step) => string.Create(CultureInfo.InvariantCulture, $"{what}.{step}");

    // one time step of (batch, length) numbers
    private static int[] Column(ReadOnlySpan<int> numbers, int batch, int step)
    {
        var column = new int[batch];
        int length = numbers.Length / batch;
        for (int b = 0; b < batch; b++)
        {
            column[b] = numbers[(b * length) + step];
        }

        return column;
    }

    private Tensor Step(Tape tape, RecurrentState[] states, int[] ids, int t)
    {
        Tensor x = tape.Lookup(embedding, ids, ids.Length, 1).At(embed[t]); // (batch, 1, width)
        for (int l = 0; l < cells.Length; l++)
        {
            RecurrentState state = cells[l].Step(x, states[l]);
            Tensor h = state.Hidden.At(hidden[l, t]);
            states[l] = new RecurrentState(h, cells[l].HasMemory ? state.Memory.At(memory[l, t]) : h);
            x = Settings.HasSkip ? (x + h).At(output[l, t]) : h;
        }

        return x;
    }

    private Point[,] Points(string what)
    {
        var points = new Point[Settings.Depth, Settings.Length];
        for (int l = 0; l < Settings.Depth; l++)
        {
            for (int t = 0; t < Settings.Length; t++)
            {
                points[l, t] = new Point(string.Create(CultureInfo.InvariantCulture, $"layers.{l}.{what}.{t}"));
            }
        }

        return points;
    }
}
