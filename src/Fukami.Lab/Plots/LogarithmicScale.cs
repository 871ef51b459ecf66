using System.Globalization;

namespace Fukami.Lab;

/// <summary>An axis in powers of ten: how far its figures reach, and where ticks make them readable.</summary>
public sealed class LogarithmicScale
{
    private const double ManyPowers = 1000;
    private const double FewFold = 5;
    private const double Rounding = 1e-5;
    private const double Room = 0.1;
    private const int MostPowers = 8;
    private const int FewestSteps = 3;

    private LogarithmicScale(double lowest, double highest)
    {
        IsFlat = highest - lowest <= Rounding * highest;
        (Lowest, Highest) = IsFlat ? (lowest * (1 - Room), highest * (1 + Room)) : (lowest, highest);
        SpansManyPowers = Highest / Lowest >= ManyPowers;
        Ticks = [.. SpansManyPowers ? Powers() : Highest / Lowest >= FewFold ? OneTwoFive() : EvenSteps()];
    }

    /// <summary>The lowest figure; a tenth less where <see cref="IsFlat"/>.</summary>
    public double Lowest { get; }

    /// <summary>The highest figure; a tenth more where <see cref="IsFlat"/>.</summary>
    public double Highest { get; }

    /// <summary>Whether all figures are the same but for rounding, which is not to fill the axis: it has to reach from <see cref="Lowest"/> to <see cref="Highest"/>.</summary>
    public bool IsFlat { get; }

    /// <summary>Whether the figures span at least three powers of ten, which then are the ticks.</summary>
    public bool SpansManyPowers { get; }

    /// <summary>Powers of ten where the figures span many; 1, 2 and 5 times them where a few; even steps where the figures differ less than fivefold.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The scale of what series and their intervals show; none where no figure is above zero. What is smaller than a normal number has no place on it.</summary>
    public static LogarithmicScale? Of(IEnumerable<Series> series)
    {
        double[] figures = [.. series.SelectMany(line => line.Y.Concat(line.Low).Concat(line.High)).Where(figure => figure > 0 && double.IsNormal(figure))];
        return figures.Length == 0 ? null : new LogarithmicScale(figures.Min(), figures.Max());
    }

    private IEnumerable<double> Powers()
    {
        int first = Power(Lowest), last = Power(Highest) + 1, step = Math.Max(1, (last - first) / MostPowers);
        return Enumerable.Range(first, last - first + 1).Where(power => power % step == 0).Select(power => Number(1, power));
    }

    private IEnumerable<double> OneTwoFive() =>
        from power in Enumerable.Range(Power(Lowest), Power(Highest) - Power(Lowest) + 2)
        from digit in (int[])[1, 2, 5]
        let tick = Number(digit, power)
        where tick > Lowest / 2 && tick < Highest * 2
        select tick;

    private IEnumerable<double> EvenSteps()
    {
        double widest = (Highest - Lowest) / FewestSteps;
        int power = Power(widest);
        int digit = Number(5, power) <= widest ? 5 : Number(2, power) <= widest ? 2 : 1;
        double step = Number(digit, power);
        for (long i = (long)Math.Ceiling((Lowest / step) - 1); i * step < Highest + step; i++)
        {
            if (i > 0)
            {
                yield return Number(i * digit, power);
            }
        }
    }

    private static int Power(double figure) => (int)Math.Floor(Math.Log10(figure));

    // the number that these digits stand for, which a product of powers might miss by its last bit
    private static double Number(long digits, int power) => double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}e{power}"), CultureInfo.InvariantCulture);
}
