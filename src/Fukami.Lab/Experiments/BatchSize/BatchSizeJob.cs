namespace Fukami.Lab;

/// <summary>One trial of <see cref="BatchSize"/>.</summary>
/// <param name="Seed">The seed's number, from 0.</param>
/// <param name="Norm">The normalization; none for the statistics of batch normalization.</param>
/// <param name="Size">The batch to train at; 0 to look at a sentence among others.</param>
internal sealed record BatchSizeJob(int Seed, string? Norm, int Size);
