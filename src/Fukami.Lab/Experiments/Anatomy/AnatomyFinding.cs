using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>What one model did with one text: every stage of one layer, and the sizes of stream and branches in all.</summary>
internal sealed class AnatomyFinding
{
    private readonly PassValues pass;

    /// <summary>Reads the text.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The text.</param>
    /// <param name="tape">The tape.</param>
    public AnatomyFinding(TrainedModel model, TokenBatch batch, Tape tape)
    {
        Model = model;
        pass = new PassValues(tape, model.Folder.Model, batch, static name => name.Contains("resid_", StringComparison.Ordinal)
            || name.EndsWith("_out", StringComparison.Ordinal) || name.EndsWith(".normalized", StringComparison.Ordinal));
        int depth = model.Net.Depth;
        Norms = [.. Enumerable.Range(0, depth + 1).SelectMany(layer => LayerPlan.Norms(model.Net, layer)).Select(norm => new NormCheck(pass, model.Folder.Model, norm))];
        StreamNorms = [.. Enumerable.Range(0, depth + 1).Select(i => MeanNorm(LayerPlan.Stream(i)))];
        Shares = [.. Enumerable.Range(0, depth).Select(layer => LayerPlan.Branches(model.Net, layer).Select(b => MeanNorm(b.Branch) / MeanNorm(b.Stream)).ToArray())];
        SumError = Enumerable.Range(0, depth).SelectMany(layer => LayerPlan.Sums(model.Net, layer)).Select(Error).Append(double.NaN).Max();
    }

    /// <summary>The model.</summary>
    public TrainedModel Model { get; }

    /// <summary>Tokens that were read.</summary>
    public int Rows => pass.Rows;

    /// <summary>Every normalization whose input is a named point, in the order of the pass.</summary>
    public IReadOnlyList<NormCheck> Norms { get; }

    /// <summary>The mean norm of a position's stream: in front of the first layer, and behind each.</summary>
    public IReadOnlyList<double> StreamNorms { get; }

    /// <summary>By layer: the norm of what attention adds, and of what the feed-forward part adds, over that of the stream they are added to.</summary>
    public IReadOnlyList<double[]> Shares { get; }

    /// <summary>The largest |sum − (α·skip + branch)| anywhere; not a number where nothing is summed.</summary>
    public double SumError { get; }

    /// <summary>The stream's size if every branch stood at right angles to what is there: Pythagoras, from the branches' own sizes.</summary>
    public IReadOnlyList<double> RightAngles()
    {
        var norms = new double[StreamNorms.Count];
        double square = StreamNorms[0] * StreamNorms[0];
        norms[0] = StreamNorms[0];
        for (int layer = 0; layer < Shares.Count; layer++)
        {
            foreach ((_, string branch) in LayerPlan.Branches(Model.Net, layer))
            {
                double norm = MeanNorm(branch);
                square += norm * norm;
            }

            norms[layer + 1] = Math.Sqrt(square);
        }

        return norms;
    }

    /// <summary>The bounds that the last normalization's γ and β set to the norm of a row behind it: ‖γx̂‖ ± ‖β‖, with ‖x̂‖² between d·v and d.</summary>
    /// <param name="norm">A normalization whose output is the stream.</param>
    public (double Low, double High) NormBounds(NormCheck norm)
    {
        double least = double.PositiveInfinity, most = 0, shift = 0;
        foreach (Parameter parameter in Model.Folder.Model.Parameters.Where(p => p.Name.StartsWith(norm.Norm.Name + ".", StringComparison.Ordinal)))
        {
            bool isGain = parameter.Name.EndsWith(".gain", StringComparison.Ordinal);
            foreach (float value in parameter.Values)
            {
                double size = Math.Abs(value);
                (least, most) = isGain ? (Math.Min(least, size), Math.Max(most, size)) : (least, most);
                shift += isGain ? 0 : size * size;
            }
        }

        double root = Math.Sqrt(pass.Width);
        return (Math.Max(0, (least * root * Math.Sqrt(norm.SmallestVariance)) - Math.Sqrt(shift)), (most * root) + Math.Sqrt(shift));
    }

    /// <summary>The stages of a layer, in the order in which the pass meets them.</summary>
    /// <param name="layer">From 0.</param>
    public IEnumerable<Stage> Stages(int layer)
    {
        string block = LayerPlan.Block(layer) + ".";
        List<LayerPlan.Sum> sums = [.. LayerPlan.Sums(Model.Net, layer)];
        string read = "x"; // the row above, unless said otherwise
        bool behindNorm = Model.Net.Residual is "post" or "deepnorm" or "none-norm"; // there the stream is what a normalization made
        foreach (string point in Model.Folder.Model.PointNames.Where(pass.Has).Where(p => p.StartsWith(block, StringComparison.Ordinal)))
        {
            string name = point[block.Length..];
            string formula = name is "resid_pre" ? "" : behindNorm ? "γ·x̂ + β" : "x";
            double check = double.NaN;
            if (name.EndsWith(".normalized", StringComparison.Ordinal))
            {
                string norm = name[..name.IndexOf('.', StringComparison.Ordinal)];
                if (Norms.FirstOrDefault(n => n.Norm.Name == block + norm) is { } found)
                {
                    yield return new Stage($"{norm} x̂", found.Centres ? "(x − μ)/√(σ²+ε)" : "x/√(ms+ε)", found.AverageMean, found.AverageVariance, found.AverageNorm, found.Deviation);
                }

                if (behindNorm)
                {
                    continue;
                }

                formula = "γ·x̂ + β";
            }
            else if (sums.Find(s => s.Result == point) is { } sum)
            {
                string skip = sum.Skip[block.Length..];
                formula = string.Join(" + ", [sum.Alpha == 1 ? skip : $"α·{skip}", .. sum.Branches.Select(b => b[block.Length..])]);
                check = Error(sum);
            }
            else if (name.EndsWith("_out", StringComparison.Ordinal))
            {
                formula = $"{(name is "attn_out" ? "attention" : "feed-forward")}({read})";
            }

            (double mean, double variance, double size) = Average(point);
            yield return new Stage(name, formula, mean, variance, size, check);
            read = name is "attn_out" && Model.Net.Residual is "parallel" ? "ln1.normalized" : "x";
        }
    }

    private double MeanNorm(string point) => Average(point).Norm;

    private (double Mean, double Variance, double Norm) Average(string point)
    {
        double mean = 0, variance = 0, norm = 0;
        for (int row = 0; row < pass.Rows; row++)
        {
            RowStatistics s = RowStatistics.Of(pass.Row(point, row));
            (mean, variance, norm) = (mean + s.Mean, variance + s.Variance, norm + s.Norm);
        }

        return (mean / pass.Rows, variance / pass.Rows, norm / pass.Rows);
    }

    // in single precision and in the order of the formula, as the net adds
    private double Error(LayerPlan.Sum sum)
    {
        ReadOnlySpan<float> skip = pass[sum.Skip], result = pass[sum.Result];
        double largest = 0;
        for (int i = 0; i < result.Length; i++)
        {
            float y = sum.Alpha == 1 ? skip[i] : sum.Alpha * skip[i];
            foreach (string branch in sum.Branches)
            {
                y += pass[branch][i];
            }

            largest = Math.Max(largest, Math.Abs((double)result[i] - y));
        }

        return largest;
    }

    /// <summary>A stage of a layer: its point, what it is made of, and what its rows are like on average.</summary>
    internal sealed record Stage(string Point, string Formula, double Mean, double Variance, double Norm, double Check);
}
