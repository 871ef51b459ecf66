using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Holds a stopwatch to passes of one net. What is compared is timed in turns, so that a busy moment of the machine falls on all of it.</summary>
/// <param name="tape">The tape.</param>
/// <param name="model">The net; its weights change.</param>
/// <param name="random">Draws the texts.</param>
/// <param name="cancellation">Stops between two passes.</param>
internal sealed class SpeedProbe(Tape tape, Transformer model, RandomSource random, CancellationToken cancellation)
{
    private const int Turns = 2;

    private readonly AdamW optimizer = new(model.Parameters, weightDecay: 0, team: tape.Team);

    /// <summary>One repetition.</summary>
    public SpeedFinding Measure(IReadOnlyList<int> batches, IReadOnlyList<int> lengths)
    {
        TokenBatch[] texts = [.. batches.Select(b => Text(b, lengths[0]))];
        TokenBatch[] sameTokens = [.. lengths.Select(l => Text(Math.Max(1, lengths[^1] / l), l))];
        double[] forward = Fastest(texts, Forward), backward = Fastest(texts, t => Backward(t, step: false)), training = Fastest(texts, t => Backward(t, step: true));
        double[] byLength = [.. Fastest(sameTokens, Forward).Select((seconds, i) => seconds / (sameTokens[i].Batch * sameTokens[i].Length))];
        TokenBatch sentence = Text(1, lengths[^1]);
        return new SpeedFinding(training, forward, backward, byLength, CachedToken(sentence), Fastest([sentence], Forward)[0]);
    }

    private TokenBatch Text(int batch, int length) => RandomText.Of(batch, length, model.Settings.Vocabulary, random);

    // the fastest of a few turns: whatever else the machine does can only delay
    private double[] Fastest(TokenBatch[] texts, Action<TokenBatch> pass)
    {
        double[] fastest = [.. texts.Select(_ => double.PositiveInfinity)];
        for (int turn = 0; turn < Turns; turn++)
        {
            for (int i = 0; i < texts.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                pass(texts[i]);
                fastest[i] = Math.Min(fastest[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return fastest;
    }

    private void Forward(TokenBatch text)
    {
        tape.Begin();
        model.Forward(tape, text);
        tape.Run();
    }

    private void Backward(TokenBatch text, bool step)
    {
        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, text));
        if (step)
        {
            optimizer.Step(1e-4f);
            return;
        }

        foreach (Parameter parameter in model.Parameters)
        {
            parameter.ClearGradient();
        }
    }

    // the last sixteenth of a sentence, token by token behind a cache that holds the rest
    private double CachedToken(TokenBatch sentence)
    {
        var decoder = (IDecodingModel)model;
        KeyValueCache cache = decoder.NewCache();
        int tokens = Math.Max(1, sentence.Length / 16), read = sentence.Length - tokens;
        var one = new TokenBatch(1, 1);
        double fastest = double.PositiveInfinity;
        for (int turn = 0; turn < Turns; turn++)
        {
            cache.Truncate(0);
            if (read > 0)
            {
                var start = new TokenBatch(1, read);
                sentence.Ids.AsSpan(0, read).CopyTo(start.Ids);
                tape.Begin();
                decoder.Forward(tape, start, cache);
                tape.Run();
            }

            long begin = Stopwatch.GetTimestamp();
            for (int i = read; i < sentence.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                one.Ids[0] = sentence.Ids[i];
                tape.Begin();
                decoder.Forward(tape, one, cache);
                tape.Run();
            }

            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begin).TotalSeconds / tokens);
        }

        return fastest;
    }
}
