namespace Fukami.Transformers;

/// <summary>A tensor of another family as columns of one of our parameters.</summary>
/// <param name="Parameter">Our parameter's name, (in, columns) or (columns).</param>
/// <param name="FirstColumn">Its first column that the tensor fills.</param>
/// <param name="Columns">How many it fills.</param>
/// <param name="IsTransposed">Whether the tensor is (columns, in), as linear layers of PyTorch keep it.</param>
/// <param name="Names">The tensor's name, with the family's prefix; then older names for the same.</param>
internal sealed record WeightPart(string Parameter, int FirstColumn, int Columns, bool IsTransposed, params IReadOnlyList<string> Names)
{
    /// <summary>A tensor that is the whole of a parameter.</summary>
    public static WeightPart Whole(string parameter, int columns, bool isTransposed, params IReadOnlyList<string> names) => new(parameter, 0, columns, isTransposed, names);
}
