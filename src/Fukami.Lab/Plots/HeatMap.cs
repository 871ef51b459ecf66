namespace Fukami.Lab;

/// <summary>Numbers in rows and columns, to be drawn in colour.</summary>
/// <param name="Title">What a person reads above it.</param>
/// <param name="XTitle">What the columns are.</param>
/// <param name="YTitle">What the rows are.</param>
/// <param name="Values">The numbers; those that are none stay white.</param>
/// <param name="XLabels">The name of each column.</param>
/// <param name="FirstRow">The number of the first row.</param>
/// <param name="Logarithmic">Whether equal steps of colour are equal factors.</param>
internal sealed record HeatMap(
    LocalizedText Title,
    LocalizedText XTitle,
    LocalizedText YTitle,
    IReadOnlyList<IReadOnlyList<double>> Values,
    IReadOnlyList<string> XLabels,
    int FirstRow,
    bool Logarithmic);
