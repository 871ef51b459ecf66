using System.Globalization;

namespace Fukami.Lab;

/// <summary>One search for the largest rate at which a net learns.</summary>
/// <param name="Arrangement">The net's arrangement.</param>
/// <param name="Training">The net and its training; its learning rate is what is looked for.</param>
/// <param name="Grid">The rates to try.</param>
/// <param name="Seed">The seed's number, from 0.</param>
internal sealed record LearningRateJob(Arrangement Arrangement, MarkovTraining Training, RateGrid Grid, int Seed)
{
    /// <summary>Whether the rate rises first.</summary>
    public bool WarmsUp => Training.Training.WarmUp > 0;

    /// <summary>Roughly how many floating-point operations it takes: on average half of the rates are tried.</summary>
    public double Operations => Training.Operations * (Grid.Rates.Count + 1) / 2;

    /// <summary>What the progress calls it.</summary>
    public LocalizedText Name => new(
        $"{Arrangement.Name}{(WarmsUp ? " with warm-up" : "")}, seed {Seed + 1}",
        $"{Arrangement.Name}{(WarmsUp ? "（ウォームアップあり）" : "")}、シード {Seed + 1}");

    /// <summary>
    /// Tries the rates from the highest down until one learns. Where none does, the limit is put one step below the grid: the true one is
    /// that or less.
    /// </summary>
    public RateLimit Search(TrialContext context, SeedDraws draws)
    {
        IReadOnlyList<double> rates = Grid.Rates;
        for (int i = rates.Count - 1; i >= 0; i--)
        {
            MarkovTraining training = Training with { Training = Training.Training with { LearningRate = rates[i] } };
            MarkovOutcome found = training.Run(context.Tape, draws, Seed, context.Cancellation);
            if (found.Knowledge >= MarkovYardstick.Learned)
            {
                return new RateLimit(rates[i]);
            }

            string rate = rates[i].ToString("G3", CultureInfo.InvariantCulture), knowledge = found.Knowledge.ToString("0.00", CultureInfo.InvariantCulture);
            context.Tell((rates.Count - i) / (rates.Count + 1.0), new LocalizedText(
                $"{Name.English}: does not learn at {rate} (knows {knowledge} of 1)",
                $"{Name.Japanese}: 学習率 {rate} では学習できない（習得度 {knowledge}）"));
        }

        return new RateLimit(Grid.Below);
    }
}
