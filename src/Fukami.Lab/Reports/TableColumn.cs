namespace Fukami.Lab;

/// <summary>A column of a <see cref="Table"/>.</summary>
/// <param name="Name">The stable name, for example <c>factor_per_layer</c>.</param>
/// <param name="Label">What a person reads above it.</param>
public sealed record TableColumn(string Name, LocalizedText Label);
