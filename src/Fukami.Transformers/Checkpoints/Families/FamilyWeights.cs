using System.Buffers;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Fills our parameters from a family's tensors, and gives them back in the family's names.</summary>
/// <param name="family">The family.</param>
/// <param name="settings">The model's settings.</param>
internal sealed class FamilyWeights(ModelFamily family, TransformerSettings settings)
{
    private readonly WeightPart[] parts = [.. family.Weights(settings)];

    /// <summary>The name under which the files hold a tensor; null if they do not.</summary>
    /// <param name="files">The files.</param>
    /// <param name="family">The family.</param>
    /// <param name="name">The name with the family's prefix.</param>
    public static string? NameIn(WeightFiles files, ModelFamily family, string name)
    {
        if (files.Find(name) is not null)
        {
            return name;
        }

        return family.Prefix.Length > 0 && name.StartsWith(family.Prefix, StringComparison.Ordinal) && name[family.Prefix.Length..] is var bare && files.Find(bare) is not null ? bare : null;
    }

    /// <summary>Reads every parameter's values.</summary>
    /// <param name="files">The files.</param>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="notes">Where tensors that are left out are named.</param>
    /// <exception cref="CheckpointException">A tensor is missing, or has another shape than the settings say.</exception>
    public void Read(WeightFiles files, IReadOnlyList<Parameter> parameters, ICollection<string> notes)
    {
        var byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        string?[] names = [.. parts.Select(part => part.Names.Select(name => NameIn(files, family, name)).FirstOrDefault(found => found is not null))];
        string[] missing = [.. parts.Where((_, i) => names[i] is null).Select(part => $"{part.Names[0]} of shape {Text(Shape(part, byName[part.Parameter].Shape))}")];
        if (missing.Length > 0)
        {
            throw new CheckpointException($"The weights lack the tensor {missing[0]}{AndOthers(missing.Length)}, which config.json asks for.");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            long[] shape = Shape(parts[i], byName[parts[i].Parameter].Shape);
            SafetensorsEntry entry = files.Find(names[i]!)!;
            if (!entry.Shape.SequenceEqual(shape))
            {
                throw new CheckpointException($"The tensor {Excerpt.Of(entry.Name)} has shape {entry.ShapeText}, and config.json asks for {Text(shape)}.");
            }
        }

        NoteOthers(files, names, notes);
        ReadingPieces.Run([.. parts.SelectMany((part, i) => Pieces(files, names[i]!, part, byName[part.Parameter]))]);
    }

    /// <summary>The family's tensors, computed from ours when they are written.</summary>
    public IReadOnlyList<WrittenTensor> Written(IReadOnlyList<Parameter> parameters)
    {
        var byName = parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        return [.. parts.Select(part => Written(part, byName[part.Parameter]))];
    }

    private static WrittenTensor Written(WeightPart part, Parameter parameter)
    {
        long[] shape = Shape(part, parameter.Shape);
        int columns = parameter.Shape.Columns;
        long inner = shape[^1];
        return new WrittenTensor(part.Names[0], shape, (first, destination) =>
        {
            ReadOnlySpan<float> ours = parameter.Values;
            for (int i = 0; i < destination.Length; i++)
            {
                (long outer, long within) = Math.DivRem(first + i, inner);
                (long row, long column) = part.IsTransposed ? (within, outer) : (outer, within);
                destination[i] = ours[checked((int)((row * columns) + part.FirstColumn + column))];
            }
        });
    }

    /// <summary>What the family's tensor must look like.</summary>
    internal static long[] Shape(WeightPart part, Shape ours) =>
        ours.Rank == 1 ? [part.Columns] : part.IsTransposed ? [part.Columns, ours[0]] : [ours[0], part.Columns];

    // what there is to read of a tensor, each piece with a place of its own in our parameter
    private static IEnumerable<Action> Pieces(WeightFiles files, string name, WeightPart part, Parameter parameter)
    {
        int columns = parameter.Shape.Columns;
        int rows = parameter.Values.Length / columns;
        bool isWhole = !part.IsTransposed && part.Columns == columns;
        int inner = part.IsTransposed ? rows : part.Columns;
        int outer = part.IsTransposed ? part.Columns : rows;
        int atOnce = Math.Clamp(ReadingPieces.Numbers / inner, 1, outer);
        for (int first = 0; first < outer; first += atOnce)
        {
            (int from, int count) = (first, Math.Min(atOnce, outer - first));
            yield return isWhole
                ? () => files.ReadPart(name, (long)from * inner, parameter.Values.Slice(from * inner, count * inner))
                : () => Fill(files, name, part, parameter, from, count, inner);
        }
    }

    // some rows of the family's tensor, each inner numbers long
    private static void Fill(WeightFiles files, string name, WeightPart part, Parameter parameter, int first, int count, int inner)
    {
        Span<float> ours = parameter.Values;
        int columns = parameter.Shape.Columns;
        float[] buffer = ArrayPool<float>.Shared.Rent(count * inner);
        files.ReadPart(name, (long)first * inner, buffer.AsSpan(0, count * inner));
        if (part.IsTransposed)
        {
            Transpose(buffer, count, inner, ours, columns, part.FirstColumn + first);
        }
        else
        {
            for (int row = 0; row < count; row++)
            {
                buffer.AsSpan(row * inner, inner).CopyTo(ours[(((first + row) * columns) + part.FirstColumn)..]);
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    // block by block, so that both sides stay in the cache
    private static void Transpose(float[] theirs, int count, int inner, Span<float> ours, int columns, int firstColumn)
    {
        const int block = 32;
        for (int i = 0; i < inner; i += block)
        {
            for (int j = 0; j < count; j += block)
            {
                for (int row = i; row < Math.Min(i + block, inner); row++)
                {
                    for (int column = j; column < Math.Min(j + block, count); column++)
                    {
                        ours[(row * columns) + firstColumn + column] = theirs[(column * inner) + row];
                    }
                }
            }
        }
    }

    private void NoteOthers(WeightFiles files, string?[] names, ICollection<string> notes)
    {
        var used = new HashSet<string>(names!, StringComparer.Ordinal);
        string[] others = [.. files.Entries.Select(entry => entry.Name).Where(name => !used.Contains(name) && !family.IsIgnorable(name, settings)).Order(StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            notes.Add($"The weights also hold {Excerpt.Of(others[0])}{AndOthers(others.Length)}, for which a model of the family {family.Name} has no use here; left out.");
        }
    }

    private static string Text(long[] shape) => $"({string.Join(", ", shape)})";

    private static string AndOthers(int count) => count > 1 ? FormattableString.Invariant($" (and {count - 1} more)") : "";
}
