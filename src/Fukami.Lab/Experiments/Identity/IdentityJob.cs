namespace Fukami.Lab;

/// <summary>One net to train: to copy its input, or on the function of which blocks are added and taken away.</summary>
/// <param name="Residual">The blocks' arrangement.</param>
/// <param name="Name">The name of its series.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Surgery">Whether it is for adding and taking away.</param>
/// <param name="Seed">Number of the seed, from 0.</param>
internal sealed record IdentityJob(string Residual, string Name, int Blocks, bool Surgery, int Seed);
