using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// An estimate over independent seeds and its 95 % interval: mean ± t·s/√n with Student's t for n − 1 degrees of freedom.
/// It is right for few seeds where the samples are about normal (for n = 5 a percentile bootstrap would cover only about 85 %);
/// quantities that vary by factors are averaged as logarithms, <see cref="OfGeometricMean"/>.
/// </summary>
/// <param name="Estimate">The mean.</param>
/// <param name="Low">The interval's lower end; −∞ for a single sample, whose spread nobody knows.</param>
/// <param name="High">The interval's upper end; ∞ for a single sample.</param>
public readonly record struct Interval(double Estimate, double Low, double High)
{
    /// <summary>A figure that leaves nothing to chance.</summary>
    public static Interval Exactly(double figure) => new(figure, figure, figure);

    /// <summary>
    /// The mean and its interval. Samples that are all the same give an interval of width zero, whatever their value;
    /// otherwise a sample that is not finite gives ends that are not a number.
    /// </summary>
    public static Interval OfMean(ReadOnlySpan<double> samples)
    {
        int n = samples.Length;
        ArgumentOutOfRangeException.ThrowIfZero(n);
        if (n == 1)
        {
            return new Interval(samples[0], double.NegativeInfinity, double.PositiveInfinity);
        }

        if (samples.IndexOfAnyExcept(samples[0]) < 0)
        {
            return new Interval(samples[0], samples[0], samples[0]);
        }

        double sum = 0;
        foreach (double sample in samples)
        {
            sum += sample;
        }

        double mean = sum / n;
        double squares = 0;
        foreach (double sample in samples)
        {
            squares += (sample - mean) * (sample - mean);
        }

        double half = StudentT.HalfWidth95(n - 1) * Math.Sqrt(squares / (n - 1) / n);
        return new Interval(mean, mean - half, mean + half);
    }

    /// <summary>
    /// The geometric mean of positive samples and its interval, which is the interval of the mean logarithm.
    /// A sample of zero gives an estimate of zero, whose upper end is the largest sample.
    /// </summary>
    public static Interval OfGeometricMean(ReadOnlySpan<double> samples)
    {
        if (samples.IndexOfAnyExcept(samples[0]) < 0)
        {
            return samples.Length == 1
                ? new Interval(samples[0], 0, double.PositiveInfinity)
                : new Interval(samples[0], samples[0], samples[0]);
        }

        if (samples.Contains(0))
        {
            double largest = 0;
            foreach (double sample in samples)
            {
                largest = Math.Max(largest, sample);
            }

            return new Interval(0, 0, largest);
        }

        var logarithms = new double[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            logarithms[i] = ReproducibleMath.Log(samples[i]);
        }

        Interval log = OfMean(logarithms);
        return new Interval(ReproducibleMath.Exp(log.Estimate), ReproducibleMath.Exp(log.Low), ReproducibleMath.Exp(log.High));
    }
}
