using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What is left of the tokens by depth in one net: index 0 is the stream in front of the first layer, l what leaves layer l.</summary>
/// <param name="Cosine">The mean cosine of a position's stream and its token's own embedding.</param>
/// <param name="Apart">The share of the stream that tells positions of a sentence apart: ‖X − 1x̄ᵀ‖/‖X‖, averaged over sentences.</param>
/// <param name="Read">The share of tokens that a linear probe names rightly.</param>
internal sealed record MemoryProfile(double[] Cosine, double[] Apart, double[] Read)
{
    /// <summary>Reads a text. The first position of each sentence is left out of the first and the last figure: in a decoder it sees itself alone.</summary>
    /// <param name="tape">The tape; replacements that are set on it take effect.</param>
    /// <param name="model">The net.</param>
    /// <param name="batch">The text.</param>
    /// <param name="learned">So many of the sentences are for the probe to learn from; the others test it.</param>
    /// <param name="cancellation">Stops between two layers.</param>
    public static MemoryProfile Of(Tape tape, Transformer model, TokenBatch batch, int learned, CancellationToken cancellation)
    {
        var pass = new PassValues(tape, model, batch, StreamOrEmbedding);
        int depth = model.Settings.Depth;
        double[] cosine = new double[depth + 1], apart = new double[depth + 1], read = new double[depth + 1];
        for (int layer = 0; layer <= depth; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = batch.Batch * (batch.Length - 1), at = 0;
            var rows = new double[count * pass.Width];
            var labels = new int[count];
            for (int row = 0; row < pass.Rows; row++)
            {
                if (row % batch.Length > 0)
                {
                    double[] x = WithoutPosition(pass, model.Settings, layer, row);
                    cosine[layer] += CosineOf(x, pass.Row("embed", row)) / count;
                    x.CopyTo(rows, at * pass.Width);
                    labels[at++] = batch.Ids[row];
                }
            }

            for (int sentence = 0; sentence < batch.Batch; sentence++)
            {
                apart[layer] += ApartOf(pass, LayerPlan.Stream(layer), sentence) / batch.Batch;
            }

            read[layer] = LinearProbe.Accuracy(rows, labels, learned * (batch.Length - 1), model.Settings.Vocabulary);
        }

        return new MemoryProfile(cosine, apart, read);
    }

    /// <summary>The cosine of each position's stream and its token's own embedding, by layer.</summary>
    public static double[][] Cosines(Tape tape, Transformer model, TokenBatch batch)
    {
        var pass = new PassValues(tape, model, batch, StreamOrEmbedding);
        return [.. Enumerable.Range(0, pass.Rows).Select(row => Enumerable.Range(0, model.Settings.Depth + 1)
            .Select(layer => CosineOf(WithoutPosition(pass, model.Settings, layer, row), pass.Row("embed", row))).ToArray())];
    }

    private static bool StreamOrEmbedding(string point) => point is "embed" or "pos_embed"
        || point.EndsWith(".resid_post", StringComparison.Ordinal) || point.EndsWith("blocks.0.resid_pre", StringComparison.Ordinal);

    // where the skip path is the identity, what the position added is still in the stream as it was
    private static double[] WithoutPosition(PassValues pass, TransformerSettings net, int layer, int row)
    {
        ReadOnlySpan<float> stream = pass.Row(LayerPlan.Stream(layer), row);
        bool kept = layer == 0 || net.Residual is "plain" or "pre" or "sandwich" or "rezero" or "scaled-pre" or "parallel";
        ReadOnlySpan<float> position = kept && pass.Has("pos_embed") ? pass.Row("pos_embed", row) : [];
        var x = new double[stream.Length];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = position.IsEmpty ? stream[i] : (double)stream[i] - position[i];
        }

        return x;
    }

    private static double CosineOf(double[] x, ReadOnlySpan<float> embedding)
    {
        double dot = 0, a = 0, b = 0;
        for (int i = 0; i < x.Length; i++)
        {
            dot += x[i] * embedding[i];
            a += x[i] * x[i];
            b += (double)embedding[i] * embedding[i];
        }

        return a > 0 && b > 0 ? dot / Math.Sqrt(a * b) : 0;
    }

    private static double ApartOf(PassValues pass, string point, int sentence)
    {
        int length = pass.Batch.Length, first = sentence * length;
        var mean = new double[pass.Width];
        double all = 0, apart = 0;
        for (int row = first; row < first + length; row++)
        {
            ReadOnlySpan<float> x = pass.Row(point, row);
            for (int i = 0; i < x.Length; i++)
            {
                mean[i] += x[i] / (double)length;
                all += (double)x[i] * x[i];
            }
        }

        for (int row = first; row < first + length; row++)
        {
            ReadOnlySpan<float> x = pass.Row(point, row);
            for (int i = 0; i < x.Length; i++)
            {
                apart += (x[i] - mean[i]) * (x[i] - mean[i]);
            }
        }

        return all > 0 ? Math.Sqrt(apart / all) : double.NaN;
    }
}
