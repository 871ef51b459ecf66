using System.Globalization;

namespace Fukami.Lab;

/// <summary>The learning rates that are tried: each a factor above the one before.</summary>
internal sealed class RateGrid
{
    private const int Most = 64;

    /// <summary>A grid.</summary>
    /// <param name="lowest">The first rate.</param>
    /// <param name="highest">No rate is above this.</param>
    /// <param name="factor">From one rate to the next.</param>
    /// <exception cref="SettingException">There is no such rate, or more than anybody waits for.</exception>
    public RateGrid(double lowest, double highest, double factor)
    {
        Factor = factor;
        var rates = new List<double>();
        for (double rate = lowest; rate <= highest * (1 + 1e-9); rate *= factor)
        {
            rates.Add(rate);
            if (rates.Count > Most)
            {
                throw new SettingException(new LocalizedText(
                    string.Create(CultureInfo.InvariantCulture, $"From lowest_rate {lowest} to highest_rate {highest} in steps of factor {factor} there are more than {Most} rates; choose a larger factor."),
                    string.Create(CultureInfo.InvariantCulture, $"lowest_rate {lowest} から highest_rate {highest} まで factor {factor} 倍刻みでは {Most} 個を超えます。factor を大きくしてください。")));
            }
        }

        Rates = rates.Count > 0 ? rates : throw new SettingException(new LocalizedText(
            string.Create(CultureInfo.InvariantCulture, $"lowest_rate {lowest} is above highest_rate {highest}; choose a smaller lowest_rate."),
            string.Create(CultureInfo.InvariantCulture, $"lowest_rate {lowest} が highest_rate {highest} より大きくなっています。lowest_rate を小さくしてください。")));
    }

    /// <summary>From one rate to the next.</summary>
    public double Factor { get; }

    /// <summary>The rates, rising.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>One step below the lowest.</summary>
    public double Below => Rates[0] / Factor;
}
