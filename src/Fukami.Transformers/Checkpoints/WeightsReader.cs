using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Fills storages from a safetensors file that must hold exactly these.</summary>
internal static class WeightsReader
{
    /// <summary>
    /// Refuses settings that describe a larger model than the file can hold, before memory is taken for it: every model has at least
    /// these matrices.
    /// </summary>
    /// <param name="entries">The tensors that the files hold.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="allowance">How many times larger the model may be, so that a reader can still say what exactly is missing.</param>
    public static void CheckSize(IReadOnlyCollection<SafetensorsEntry> entries, TransformerSettings settings, int allowance = 1)
    {
        bool two = settings.Kind is "encoder-decoder";
        long layers = settings.Depth + (two ? settings.DecoderDepth : 0L);
        long width = settings.Width;
        long attention = width * settings.HeadWidth * (settings.Heads + settings.KeyValueHeads) * 2;
        long numbers = (layers * (attention + (2 * width * settings.FeedForwardWidth)))
            + (two ? settings.DecoderDepth * attention : 0)
            + (settings.Vocabulary * width * (settings.Tied || settings.Head is "none" ? 1 : 2))
            + (settings.TokenTypes * width * (two ? 2 : 1))
            + (settings.Head is "masked" ? width * width : 0)
            + (settings.Pooler ? width * width : 0)
            + (settings.Positions is "learned" ? settings.Length * width * (two ? 2 : 1) : 0);
        long held = entries.Sum(entry => entry.Count);
        if (numbers > allowance * held || layers * 4 > (long)allowance * entries.Count)
        {
            throw new CheckpointException($"config.json describes a model of {layers} layers and at least {numbers} numbers, and model.safetensors holds {entries.Count} tensors with {held}; they do not belong together.");
        }
    }

    /// <summary>Reads every storage's values.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="storages">All that the file must hold, no more and no less.</param>
    /// <exception cref="CheckpointException">A tensor is missing, has another shape or type, or is one too many.</exception>
    public static void Read(SafetensorsFile file, string name, IReadOnlyList<Storage> storages)
    {
        CheckNames(file, name, storages);
        var pieces = new List<Action>();
        foreach (Storage storage in storages)
        {
            SafetensorsEntry entry = file.Find(storage.Name)!;
            if (!HasShape(entry, storage.Shape))
            {
                throw new CheckpointException($"The tensor {storage.Name} in {name} has shape {entry.ShapeText}, and the model's settings ask for {storage.Shape}.");
            }

            for (int first = 0; first < storage.Values.Length; first += ReadingPieces.Numbers)
            {
                (int from, int count) = (first, Math.Min(ReadingPieces.Numbers, storage.Values.Length - first));
                pieces.Add(() => file.ReadPart(storage.Name, from, storage.Values.Slice(from, count)));
            }
        }

        ReadingPieces.Run(pieces);
    }

    private static void CheckNames(SafetensorsFile file, string name, IReadOnlyList<Storage> storages)
    {
        Storage[] missing = [.. storages.Where(storage => file.Find(storage.Name) is null)];
        if (missing.Length > 0)
        {
            throw new CheckpointException($"{name} lacks the tensor {missing[0].Name} of shape {missing[0].Shape}{AndOthers(missing.Length)}, which the model's settings ask for.");
        }

        if (file.Entries.Count > storages.Count)
        {
            var known = new HashSet<string>(storages.Select(storage => storage.Name), StringComparer.Ordinal);
            SafetensorsEntry extra = file.Entries.First(entry => !known.Contains(entry.Name));
            throw new CheckpointException($"{name} holds the tensor {Excerpt.Of(extra.Name)} of shape {extra.ShapeText}{AndOthers(file.Entries.Count - storages.Count)}, for which the model's settings have no use.");
        }
    }

    private static string AndOthers(int count) => count > 1 ? FormattableString.Invariant($" (and {count - 1} more)") : "";

    private static bool HasShape(SafetensorsEntry entry, Shape shape)
    {
        if (entry.Shape.Count != shape.Rank)
        {
            return false;
        }

        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (entry.Shape[axis] != shape[axis])
            {
                return false;
            }
        }

        return true;
    }
}
