namespace Fukami.Lab;

/// <summary>Figures that are no line: rows of cells, each a text or a number.</summary>
/// <param name="Name">The stable name, for example <c>factors</c>.</param>
/// <param name="Title">What a person reads above it.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">One cell a column in each.</param>
public sealed record Table(string Name, LocalizedText Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows);
