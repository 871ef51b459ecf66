namespace Fukami.Lab;

/// <summary>What one seed showed.</summary>
/// <param name="EngineError">The largest difference of the engine's output from the hand's, in units of the largest output.</param>
/// <param name="RowSumError">The largest difference of a row sum of the engine's pattern from 1.</param>
/// <param name="HiddenWeight">The largest weight of a masked position.</param>
/// <param name="HiddenGradient">The largest gradient that a masked position gets.</param>
/// <param name="OneHead">The share of a wanted output's square that the best single head misses.</param>
/// <param name="TwoHeads">The share that two heads miss.</param>
/// <param name="Scores">The statistics of each width.</param>
internal sealed record AttentionFinding(double EngineError, double RowSumError, double HiddenWeight, double HiddenGradient, double OneHead, double TwoHeads, ScoreStatistics[] Scores);
