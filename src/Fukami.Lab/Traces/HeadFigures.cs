namespace Fukami.Lab;

/// <summary>One attention head in one pass.</summary>
/// <param name="Layer">The layer, from 0.</param>
/// <param name="Head">The head, from 0.</param>
/// <param name="Entropy">Mean over the queries of −Σ p ln p, in nats: 0 looks at one token, ln n at n alike.</param>
/// <param name="LooksAt">The position that the query in focus looks at most.</param>
/// <param name="Weight">The pattern there.</param>
/// <param name="Row">The pattern of the query in focus over all keys.</param>
public sealed record HeadFigures(int Layer, int Head, double Entropy, int LooksAt, double Weight, IReadOnlyList<float> Row);
