using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The points of one pass on its tape, read where they lie.</summary>
internal sealed class TracedPass
{
    private readonly Dictionary<string, Tensor> points = new(StringComparer.Ordinal);
    private readonly Transformer model;

    /// <summary>The pass that has just run on a tape.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="model">The model that ran.</param>
    /// <param name="asked">The points to look at; none given: all.</param>
    public TracedPass(Tape tape, Transformer model, ICollection<string>? asked)
    {
        this.model = model;
        foreach ((Point point, Tensor tensor) in tape.Points)
        {
            if (asked?.Contains(point.Name) ?? true)
            {
                points[point.Name] = tensor;
                Names.Add(point.Name);
            }
        }
    }

    /// <summary>Names of the points, in the order of the pass.</summary>
    public List<string> Names { get; } = [];

    private int Depth => model.Settings.Depth;

    /// <summary>Whether all of these were kept.</summary>
    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (!points.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name of a point within a layer.</summary>
    public static string At(int layer, string name) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{name}");

    /// <summary>The stream in front of the first layer (0) or behind layer number 1, 2, ….</summary>
    public static string Stream(int index) => index == 0 ? At(0, "resid_pre") : At(index - 1, "resid_post");

    /// <summary>A point's tensor.</summary>
    public Tensor this[string name] => points[name];

    /// <summary>Figures of every point.</summary>
    /// <param name="gradients">Whether gradients were taken.</param>
    public IReadOnlyList<PointFigures> Figures(bool gradients) =>
    [
        .. Names.Select(name =>
        {
            Tensor tensor = points[name];
            ReadOnlySpan<float> gradient = gradients ? tensor.Gradient : default;
            return new PointFigures(name, [.. Extents(tensor.Shape)], NumberFigures.Of(tensor.Values), gradient.IsEmpty ? null : NumberFigures.Of(gradient));
        }),
    ];

    /// <summary>Bytes of all values, and gradients if there are. A layer's <c>resid_pre</c> is the <c>resid_post</c> of the one before and counts once.</summary>
    public long Bytes(bool gradients)
    {
        long numbers = 0;
        foreach (string name in Names)
        {
            bool same = name.EndsWith(".resid_pre", StringComparison.Ordinal) && Enumerable.Range(1, Depth).Any(layer => name == At(layer, "resid_pre") && Has(At(layer - 1, "resid_post")));
            numbers += same ? 0 : points[name].Shape.Count;
        }

        return numbers * sizeof(float) * (gradients ? 2 : 1);
    }

    /// <summary>Sizes of the stream and of both branches.</summary>
    public IReadOnlyList<StreamFigures> Streams()
    {
        var found = new List<StreamFigures>();
        Add("stream", 0, [.. Enumerable.Range(0, Depth + 1).Select(Stream)]);
        Add("attn_out", 1, [.. Enumerable.Range(0, Depth).Select(layer => At(layer, "attn_out"))]);
        Add("mlp_out", 1, [.. Enumerable.Range(0, Depth).Select(layer => At(layer, "mlp_out"))]);
        return found;

        void Add(string name, int first, string[] names)
        {
            if (Has(names))
            {
                found.Add(new StreamFigures(name, first, [.. names.Select(n => Norms(points[n].Values, points[n].Shape.Columns, Math.Sqrt(points[n].Shape.Columns)))]));
            }
        }
    }

    /// <summary>The norm of the stream's gradient at each layer and position; empty if a stream was not kept.</summary>
    public IReadOnlyList<IReadOnlyList<double>> StreamGradients()
    {
        string[] names = [.. Enumerable.Range(0, Depth + 1).Select(Stream)];
        return Has(names)
            ? [.. names.Select(name => points[name].Gradient.IsEmpty
                ? [.. Enumerable.Repeat(0.0, points[name].Shape[^2])]
                : Norms(points[name].Gradient, points[name].Shape.Columns, 1))]
            : [];
    }

    /// <summary>Scales of the normalizations, those within layers first.</summary>
    public IReadOnlyList<ScaleFigures> Scales()
    {
        var found = new List<ScaleFigures>();
        foreach (string name in Names.Where(name => name.EndsWith(".scale", StringComparison.Ordinal) && name.StartsWith(At(0, ""), StringComparison.Ordinal)))
        {
            string norm = name[At(0, "").Length..];
            string[] all = [.. Enumerable.Range(0, Depth).Select(layer => At(layer, norm))];
            if (Has(all))
            {
                found.Add(new ScaleFigures(norm[..^".scale".Length], [.. all.Select(Mean)]));
            }
        }

        found.AddRange(Names.Where(name => name.EndsWith(".scale", StringComparison.Ordinal) && !name.StartsWith("blocks.", StringComparison.Ordinal))
            .Select(name => new ScaleFigures(name[..^".scale".Length], [Mean(name)])));
        return found;
    }

    /// <summary>Every head of every layer whose pattern was kept.</summary>
    /// <param name="focus">The query that is looked at.</param>
    public IReadOnlyList<HeadFigures> Attention(int focus)
    {
        var found = new List<HeadFigures>();
        for (int layer = 0; layer < Depth; layer++)
        {
            if (!Has(At(layer, "attn.pattern")))
            {
                continue;
            }

            Tensor pattern = points[At(layer, "attn.pattern")]; // (1, heads, query, key)
            int length = pattern.Shape[^2], keys = pattern.Shape.Columns;
            ReadOnlySpan<float> values = pattern.Values;
            for (int head = 0; head < pattern.Shape[1]; head++)
            {
                ReadOnlySpan<float> square = values.Slice(head * length * keys, length * keys);
                float[] row = square.Slice(focus * keys, keys).ToArray();
                int most = 0;
                for (int key = 1; key < keys; key++)
                {
                    most = row[key] > row[most] ? key : most;
                }

                found.Add(new HeadFigures(layer, head, Entropy(square) / length, most, row[most], row));
            }
        }

        return found;
    }

    /// <summary>Equations between points, and how far they are from holding.</summary>
    /// <param name="replaced">Points whose value is not what the equation says, because it was replaced.</param>
    public IReadOnlyList<IdentityFigures> Identities(HashSet<string> replaced)
    {
        ResidualArrangement arrangement = ResidualConnections.All.First(a => string.Equals(a.Name, model.Settings.Residual, StringComparison.Ordinal));
        double skip = arrangement.SkipGain(new StackRole(Depth, PartnerDepth: 0, model is DecoderTransformer));
        var found = new List<IdentityFigures>();
        string[] embeddings = [.. Names.Where(name => name.EndsWith("embed", StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal))];
        string first = Has("embed_sum") ? "embed_sum" : model.Settings.EmbeddingNorm ? "" : At(0, "resid_pre");
        bool allEmbeddings = embeddings.Length == model.PointNames.Count(name => name.EndsWith("embed", StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal));
        if (Has(first) && allEmbeddings && embeddings.Length > 0 && !replaced.Contains(first))
        {
            found.Add(new IdentityFigures($"{(first == "embed_sum" ? first : "resid_pre")} = {string.Join(" + ", embeddings)}", 1, SumError(first, "", 0, embeddings)));
        }

        string times = skip == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"{skip:0.###}·");
        string sum = arrangement.NormAfterSum ? "_sum" : "";
        bool two = model.PointNames.Contains(At(0, "resid_mid"), StringComparer.Ordinal);
        if (two)
        {
            AddSums($"resid_mid{sum}", "resid_pre", ["attn_out"]);
            AddSums($"resid_post{sum}", "resid_mid", ["mlp_out"]);
        }
        else
        {
            AddSums($"resid_post{sum}", "resid_pre", ["attn_out", "mlp_out"]);
        }

        AddPatterns();
        return found;

        void AddSums(string left, string stream, string[] branches)
        {
            (int places, double worst) = (0, 0);
            for (int layer = 0; layer < Depth; layer++)
            {
                string[] parts = [.. branches.Select(branch => At(layer, branch))];
                if (Has(At(layer, left)) && Has(parts) && (skip == 0 || Has(At(layer, stream))) && !replaced.Contains(At(layer, left)))
                {
                    places++;
                    worst = Math.Max(worst, SumError(At(layer, left), skip == 0 ? "" : At(layer, stream), skip, parts));
                }
            }

            if (places > 0)
            {
                found.Add(new IdentityFigures($"{left} = {(skip == 0 ? "" : $"{times}{stream} + ")}{string.Join(" + ", branches)}", places, worst));
            }
        }

        void AddPatterns()
        {
            (int places, double worst) = (0, 0);
            for (int layer = 0; layer < Depth; layer++)
            {
                string name = At(layer, "attn.pattern");
                if (!Has(name) || replaced.Contains(name))
                {
                    continue;
                }

                places++;
                ReadOnlySpan<float> values = points[name].Values;
                int keys = points[name].Shape.Columns;
                for (int row = 0; row < values.Length; row += keys)
                {
                    double total = 0;
                    foreach (float weight in values.Slice(row, keys))
                    {
                        total += weight;
                    }

                    worst = Larger(worst, Math.Abs(total - 1));
                }
            }

            if (places > 0)
            {
                found.Add(new IdentityFigures("Σ pattern = 1", places, worst));
            }
        }
    }

    // the largest ‖left − (skip·stream + parts)‖/‖left‖ of all rows
    private double SumError(string left, string stream, double skip, string[] parts)
    {
        ReadOnlySpan<float> whole = points[left].Values;
        var sum = new double[whole.Length];
        Add(stream.Length > 0 ? points[stream].Values : default, skip);
        foreach (string part in parts)
        {
            Add(points[part].Values, 1);
        }

        int columns = points[left].Shape.Columns;
        double worst = 0;
        for (int row = 0; row < whole.Length; row += columns)
        {
            double error = 0, size = 0;
            for (int i = row; i < row + columns; i++)
            {
                error += (whole[i] - sum[i]) * (whole[i] - sum[i]);
                size += (double)whole[i] * whole[i];
            }

            worst = Larger(worst, error == 0 ? 0 : Math.Sqrt(error / size));
        }

        return worst;

        void Add(ReadOnlySpan<float> values, double factor)
        {
            // one row for all positions, or a row for each
            for (int i = 0; i < sum.Length && !values.IsEmpty; i++)
            {
                sum[i] += factor * values[i % values.Length];
            }
        }
    }

    // what is not a number is worse than all numbers
    private static double Larger(double a, double b) => double.IsNaN(b) || b > a ? b : a;

    private static double[] Norms(ReadOnlySpan<float> values, int columns, double unit)
    {
        var norms = new double[values.Length / columns];
        for (int row = 0; row < norms.Length; row++)
        {
            norms[row] = NumberFigures.NormOf(values.Slice(row * columns, columns)) / unit;
        }

        return norms;
    }

    private static double Entropy(ReadOnlySpan<float> pattern)
    {
        double entropy = 0;
        foreach (float weight in pattern)
        {
            entropy -= weight > 0 ? weight * ReproducibleMath.Log(weight) : 0;
        }

        return entropy;
    }

    private static IEnumerable<int> Extents(Shape shape) => Enumerable.Range(0, shape.Rank).Select(i => shape[i]);

    private double Mean(string name) => NumberFigures.Of(points[name].Values).Mean;
}
