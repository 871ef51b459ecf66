using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// The logit lens: what the final normalization and the model's head make of the stream in front of every layer. Where the arrangement has no
/// final normalization (post-norm nets, whose stream is normalized in every layer), the output weights read the stream as it is. (nostalgebraist 2020)
/// </summary>
public sealed class LogitLens
{
    private const string FinalScale = "ln_final.scale";

    private readonly Tape tape;
    private readonly Transformer model;
    private readonly PointCapture pass;
    private readonly LensScale scale;

    /// <summary>The lens on a captured pass. It runs small passes of its own on the tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="model">The model of the pass, a decoder or an encoder.</param>
    /// <param name="pass">The pass, with the streams captured that are to be read and, with <see cref="LensScale.Final"/>, <c>ln_final.scale</c>.</param>
    /// <param name="scale">Whose scale the final normalization takes.</param>
    /// <exception cref="InspectionException">There is no final scale that could be held fixed.</exception>
    public LogitLens(Tape tape, Transformer model, PointCapture pass, LensScale scale = LensScale.Own)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(pass);
        Layered.RequireOneStack(model, "The logit lens");
        Layered.RequireLogits(model, "The logit lens");
        if (scale == LensScale.Final && !model.HasPoint(FinalScale))
        {
            throw new InspectionException($"The lens was to keep the final scale, and a net with residual={model.Settings.Residual} and norm={model.Settings.Norm} has none; give each layer its own.");
        }

        (this.tape, this.model, this.pass, this.scale) = (tape, model, pass, scale);
    }

    /// <summary>Streams that can be read: in front of the first layer (0) and behind each.</summary>
    public int Streams => model.Settings.Depth + 1;

    /// <summary>The points that a pass must capture for all layers.</summary>
    /// <param name="model">A decoder or an encoder.</param>
    public static IReadOnlyCollection<string> PointsOf(Transformer model)
    {
        Layered.RequireOneStack(model, "The logit lens");
        IEnumerable<string> streams = Enumerable.Range(0, model.Settings.Depth + 1).Select(Layered.Stream);
        return [.. streams, .. model.HasPoint(FinalScale) ? [FinalScale] : (string[])[]];
    }

    /// <summary>The logits that the stream in front of the first layer (0) or behind a layer (1, 2, …) gives at every position, (batch, length, vocabulary).</summary>
    /// <param name="layer">0 to the depth.</param>
    public float[] Logits(int layer)
    {
        CapturedPoint stream = Stream(layer);
        return Read(stream.Values, stream.Shape, scale == LensScale.Final ? pass[FinalScale].Values : []);
    }

    /// <summary>The logits at one position of one sentence, (vocabulary).</summary>
    /// <param name="layer">0 to the depth.</param>
    /// <param name="sentence">The sentence, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    public float[] Logits(int layer, int sentence, int position) => Read(
        Stream(layer).Row(sentence, position),
        new Shape(1, 1, model.Settings.Width),
        scale == LensScale.Final ? pass[FinalScale].Row(sentence, position) : []);

    /// <summary>The tokens that the lens sees as likeliest at one position, the likeliest first; of equals the one of lower id.</summary>
    /// <param name="layer">0 to the depth.</param>
    /// <param name="sentence">The sentence, from 0.</param>
    /// <param name="position">The position, from 0.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<TokenGuess> Top(int layer, int sentence, int position, int count = 1)
    {
        float[] logits = Logits(layer, sentence, position);
        return Guesses.Top(logits, count);
    }

    private CapturedPoint Stream(int layer) => layer >= 0 && layer < Streams
        ? pass[Layered.Stream(layer)]
        : throw new InspectionException($"The lens was to read behind layer {layer}; the model has layers 1 to {Streams - 1}, and 0 is in front of the first.");

    private float[] Read(ReadOnlySpan<float> stream, Shape shape, ReadOnlySpan<float> scales)
    {
        tape.Begin();
        if (scales.IsEmpty)
        {
            return model.Head(tape.Input(stream, shape), default).Values.ToArray();
        }

        Tensor fixedScale = tape.Input(scales, shape.WithColumns(1));
        IReadOnlyDictionary<string, Func<Tensor, Tensor>> before = tape.Replacements;
        tape.Replace(FinalScale, _ => fixedScale);
        try
        {
            return model.Head(tape.Input(stream, shape), default).Values.ToArray();
        }
        finally
        {
            tape.ClearReplacements();
            foreach ((string point, Func<Tensor, Tensor> replacement) in before)
            {
                tape.Replace(point, replacement);
            }
        }
    }
}
