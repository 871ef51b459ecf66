namespace Fukami.Lab;

/// <summary>What one seed says of batch normalization's statistics.</summary>
/// <param name="Moments">By batch size.</param>
/// <param name="OneSample">Largest |y − β| of a batch of one sample, β drawn at random.</param>
/// <param name="TwoSamples">Mean distance of |y| from 1/√(1 + 4ε/d²) in batches of two samples that lie d apart.</param>
/// <param name="TwoSamplesSize">Mean |y| of the same.</param>
/// <param name="TwoSamplesWithoutEpsilon">Mean distance of |y| from 1 with ε = 10⁻¹².</param>
internal sealed record BatchStatistics(BatchMoments[] Moments, double OneSample, double TwoSamples, double TwoSamplesSize, double TwoSamplesWithoutEpsilon);
