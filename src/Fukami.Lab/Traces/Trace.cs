using System.Collections.Frozen;
using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Runs a prompt through a model and looks at what happens inside.</summary>
public static class Trace
{
    /// <summary>Tokens that a prediction lists.</summary>
    public const int Guesses = 10;

    private const string Logits = "logits";

    /// <summary>Traces.</summary>
    /// <param name="request">What to look at.</param>
    /// <param name="progress">Told the share of a sweep that is done.</param>
    /// <param name="stop">Ends a sweep early; what was found is kept.</param>
    /// <exception cref="SettingException">The model has two streams.</exception>
    /// <exception cref="InspectionException">What was asked for is not defined for this model.</exception>
    public static TraceReport Run(TraceRequest request, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var watch = Stopwatch.StartNew();
        Transformer model = request.Model;
        RefuseTwoStreams(model);
        TokenBatch batch = request.Prompt.Batch();
        bool speaks = model.Settings.Head != "none";
        if (request.Gradient is not null && !speaks)
        {
            throw new SettingException(new LocalizedText(
                "The model's head is none, so there are no logits to take gradients of; leave --gradient-of out, or give a model with logits.",
                "このモデルは head=none でロジットがないため、勾配を求められません。--gradient-of を外すか、ロジットのあるモデルを指定してください。"));
        }

        var tape = new Tape { GradientsOf = FrozenSet<Parameter>.Empty };
        IReadOnlyList<float[]> before = speaks && request.Interventions.Count > 0 ? Rows(request, Forward(tape, model, batch, [])) : [];
        string[] replaced = [.. request.Interventions.Select(i => i.Point)];
        foreach (Intervention intervention in request.Interventions)
        {
            intervention.Check(model);
            intervention.Apply(tape);
        }

        TraceReport report = Traced(request, tape, batch, before, replaced);
        tape.ClearReplacements();
        report = report with
        {
            Lens = request.Lens is { } scale ? Lens(request, tape, batch, scale) : null,
            Attribution = request.Attribution is { } attribution ? Attributed(request, tape, batch, attribution.Metric, attribution.Name) : null,
            Heads = request.Heads is { } layer ? (layer, HeadsOf(request, tape, batch, layer)) : null,
            Sweep = request.Sweep is { } sweep ? Swept(tape, model, batch, sweep, progress, stop) : null,
        };
        return report with { ElapsedSeconds = watch.Elapsed.TotalSeconds };
    }

    /// <summary>A copy of a model with its normalizations folded, and what that did to the logits of a prompt.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The prompt.</param>
    public static (Transformer Model, FoldFigures Figures) Fold(Transformer model, TracePrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        RefuseTwoStreams(model);
        FoldedModel folded = NormFolding.Fold(model);
        var tape = new Tape();
        float[] before = Forward(tape, model, prompt.Batch(), []).Values.ToArray();
        ReadOnlySpan<float> after = Forward(tape, folded.Model, prompt.Batch(), []).Values;
        double change = 0;
        for (int i = 0; i < before.Length; i++)
        {
            change += ((double)after[i] - before[i]) * ((double)after[i] - before[i]);
        }

        return (folded.Model, new FoldFigures(folded.Folded, folded.Kept, Math.Sqrt(change) / NumberFigures.NormOf(before)));
    }

    /// <summary>The likeliest token at the position in focus.</summary>
    /// <param name="model">The model, with logits.</param>
    /// <param name="prompt">The prompt.</param>
    public static int Likeliest(Transformer model, TracePrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompt);
        RefuseTwoStreams(model);
        Tensor logits = Forward(new Tape(), model, prompt.Batch(), []);
        return Transformers.Guesses.Top(Row(logits, prompt.Focus), 1)[0].Token;
    }

    private static void RefuseTwoStreams(Transformer model)
    {
        if (model is EncoderDecoderTransformer)
        {
            throw new SettingException(new LocalizedText(
                "A trace follows one residual stream, and this model is an encoder-decoder, which has two; give a decoder or an encoder.",
                "trace は 1 本の残差ストリームを追います。このモデルは残差ストリームを 2 本持つエンコーダー・デコーダーです。デコーダーかエンコーダーを指定してください。"));
        }
    }

    private static TraceReport Traced(TraceRequest request, Tape tape, TokenBatch batch, IReadOnlyList<float[]> before, string[] replaced)
    {
        Transformer model = request.Model;
        HashSet<string> asked = [.. request.Points ?? model.PointNames, Logits];
        Tensor logits;
        double value = 0;
        if (request.Gradient is { } gradient)
        {
            tape.Begin();
            logits = model.Forward(tape, batch);
            value = gradient.Metric.Backward(logits, batch);
        }
        else
        {
            logits = Forward(tape, model, batch, asked);
        }

        bool gradients = request.Gradient is not null;
        var pass = new TracedPass(tape, model, asked);
        var report = new TraceReport
        {
            Model = request.Name,
            Family = request.Folder.Family,
            Settings = model.Settings,
            Prompt = request.Prompt,
            Points = pass.Figures(gradients),
            Identities = pass.Identities([.. replaced]),
            Streams = pass.Streams(),
            Scales = pass.Scales(),
            Attention = pass.Attention(request.Prompt.Focus),
            Predictions = model.Settings.Head == "none" ? [] : Predictions(request, logits, before),
            Replaced = replaced,
            Fold = request.Fold,
            Memory = new MemoryFigures(
                (model.Parameters.Sum(p => p.Shape.Count) + model.Statistics.Sum(s => s.Shape.Count)) * sizeof(float),
                pass.Bytes(gradients),
                tape.MemoryBytes),
            ElapsedSeconds = 0,
        };
        if (request.Gradient is not { } of)
        {
            return report;
        }

        IReadOnlyList<IReadOnlyList<double>> layers = pass.StreamGradients(); // before the direct path takes the tape
        return report with
        {
            Gradient = new GradientFigures(of.Name, value, layers, DirectPath.Measure(tape, model, batch, of.Metric).Share),
        };
    }

    private static Tensor Forward(Tape tape, Transformer model, TokenBatch batch, IEnumerable<string> keep)
    {
        tape.Begin(keep);
        Tensor logits = model.Forward(tape, batch);
        tape.Run();
        return logits;
    }

    private static int[] Places(TraceRequest request) => request.Prompt.Masks.Count > 0 ? [.. request.Prompt.Masks] : [request.Prompt.Focus];

    private static IReadOnlyList<float[]> Rows(TraceRequest request, Tensor logits) => [.. Places(request).Select(place => Row(logits, place).ToArray())];

    private static ReadOnlySpan<float> Row(Tensor logits, int position) => logits.Values.Slice(position * logits.Shape.Columns, logits.Shape.Columns);

    private static IReadOnlyList<PredictionFigures> Predictions(TraceRequest request, Tensor logits, IReadOnlyList<float[]> before)
    {
        int[] places = Places(request);
        return
        [
            .. places.Select((place, i) => new PredictionFigures(place,
            [
                .. Transformers.Guesses.Top(Row(logits, place), Guesses).Select(guess => new GuessFigures(
                    guess.Token,
                    TracePrompt.TextOf(request.Folder, guess.Token),
                    guess.Logit,
                    guess.Probability,
                    before.Count > 0 ? Softmax.Of(before[i], guess.Token) : null)),
            ])),
        ];
    }

    private static LensFigures Lens(TraceRequest request, Tape tape, TokenBatch batch, LensScale scale)
    {
        Transformer model = request.Model;
        PointCapture pass = PointCapture.Run(tape, model, batch, LogitLens.PointsOf(model), request.Interventions);
        var lens = new LogitLens(tape, model, pass, scale);
        int vocabulary = model.Settings.Vocabulary;
        var layers = new IReadOnlyList<LensCell>[lens.Streams];
        int[] last = [];
        for (int layer = lens.Streams - 1; layer >= 0; layer--)
        {
            float[] logits = lens.Logits(layer); // (1, length, vocabulary)
            int[] top = [.. Enumerable.Range(0, batch.Length).Select(position => Softmax.Likeliest(logits.AsSpan(position * vocabulary, vocabulary)))];
            last = last.Length == 0 ? top : last;
            layers[layer] = [.. top.Select((token, position) =>
            {
                ReadOnlySpan<float> row = logits.AsSpan(position * vocabulary, vocabulary);
                double total = Softmax.Total(row, row[token]);
                return new LensCell(token, TracePrompt.TextOf(request.Folder, token), 1 / total, ReproducibleMath.Exp((double)row[last[position]] - row[token]) / total);
            })];
        }

        return new LensFigures(scale == LensScale.Final, layers);
    }

    private static AttributionFigures Attributed(TraceRequest request, Tape tape, TokenBatch batch, LogitMetric metric, string name)
    {
        bool heads = request.Heads is not null;
        PointCapture pass = PointCapture.Run(tape, request.Model, batch, LogitAttribution.PointsOf(request.Model, heads), request.Interventions);
        LogitAttribution found = LogitAttribution.Of(request.Model, pass, metric, heads);
        return new AttributionFigures(name, metric.PositionIn(batch), found.Logit, found.Components);
    }

    private static List<HeadOutputFigures> HeadsOf(TraceRequest request, Tape tape, TokenBatch batch, int layer)
    {
        PointCapture pass = PointCapture.Run(tape, request.Model, batch, HeadOutputs.PointsOf(request.Model, layer), request.Interventions);
        var outputs = HeadOutputs.Of(request.Model, pass, layer, sentence: 0, request.Prompt.Focus);
        var sum = new double[request.Model.Settings.Width];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = outputs.Bias[i];
            for (int head = 0; head < outputs.Heads; head++)
            {
                sum[i] += outputs[head][i];
            }
        }

        double square = sum.Sum(number => number * number);
        var found = new List<HeadOutputFigures>();
        for (int head = 0; head < outputs.Heads; head++)
        {
            Add(FormattableString.Invariant($"{head}"), outputs[head]);
        }

        Add("bias", outputs.Bias);
        return found;

        void Add(string name, ReadOnlySpan<float> output)
        {
            double dot = 0;
            for (int i = 0; i < sum.Length; i++)
            {
                dot += sum[i] * output[i];
            }

            found.Add(new HeadOutputFigures(name, NumberFigures.NormOf(output), dot / square));
        }
    }

    private static SweepFigures Swept(Tape tape, Transformer model, TokenBatch batch, (string Site, TracePrompt Source, LogitMetric Metric, string Name) asked, IProgress<double>? progress, CancellationToken stop)
    {
        PatchSweep sweep = PatchSweep.Run(tape, model, asked.Source.Batch(), batch, asked.Site, asked.Metric, progress, stop);
        return new SweepFigures(
            asked.Site,
            asked.Name,
            asked.Source.Texts,
            sweep.Source,
            sweep.Target,
            [.. Enumerable.Range(0, sweep.Layers).Select(layer => (IReadOnlyList<double>)[.. Enumerable.Range(0, sweep.Positions).Select(position => sweep[layer, position])])]);
    }
}
