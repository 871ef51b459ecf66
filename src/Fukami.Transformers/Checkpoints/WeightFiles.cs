namespace Fukami.Transformers;

/// <summary>
/// The weights of a model folder, open for reading: <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.
/// </summary>
internal sealed class WeightFiles : IDisposable
{
    private const string IndexName = "model.safetensors.index.json";
    private const int MaximumIndexBytes = 1 << 26;
    private const int MaximumShards = 4096;

    private readonly Dictionary<string, SafetensorsFile> shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SafetensorsFile File, SafetensorsEntry Entry)> tensors = new(StringComparer.Ordinal);

    private WeightFiles()
    {
    }

    /// <summary>All tensors.</summary>
    public IReadOnlyCollection<SafetensorsEntry> Entries => [.. tensors.Values.Select(tensor => tensor.Entry)];

    /// <summary>Opens a folder's weights and reads what is in them, without the numbers.</summary>
    /// <exception cref="CheckpointException">There are none, or a file is damaged, missing, or outside the folder.</exception>
    public static WeightFiles Open(string directory)
    {
        var files = new WeightFiles();
        try
        {
            string index = Path.Combine(directory, IndexName);
            if (File.Exists(Path.Combine(directory, ModelFolder.WeightsName)))
            {
                files.AddAll(directory, ModelFolder.WeightsName);
            }
            else if (File.Exists(index))
            {
                files.AddShards(directory, index);
            }
            else
            {
                throw Missing(directory);
            }

            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>What is known of a tensor; null if there is none of that name.</summary>
    public SafetensorsEntry? Find(string tensor) => tensors.TryGetValue(tensor, out var found) ? found.Entry : null;

    /// <summary>Reads some of a tensor's numbers; see <see cref="SafetensorsFile.ReadPart(string, long, Span{float})"/>.</summary>
    public void ReadPart(string tensor, long first, Span<float> destination) => tensors[tensor].File.ReadPart(tensor, first, destination);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafetensorsFile shard in shards.Values)
        {
            shard.Dispose();
        }
    }

    private static CheckpointException Missing(string directory)
    {
        string? pickled = Directory.EnumerateFiles(directory, "pytorch_model*.bin").Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault();
        return pickled is null
            ? new CheckpointException($"There is no file {Path.Combine(directory, ModelFolder.WeightsName)}.")
            : new CheckpointException($"{directory} has its weights in {pickled}, which is pickled code and is not read; save the model with safetensors (save_pretrained with safe_serialization=True), or fetch {ModelFolder.WeightsName}.");
    }

    private void AddAll(string directory, string name)
    {
        SafetensorsFile file = Shard(directory, name);
        foreach (SafetensorsEntry entry in file.Entries)
        {
            tensors.Add(entry.Name, (file, entry));
        }
    }

    private void AddShards(string directory, string path)
    {
        using var index = JsonFile.Read(path, MaximumIndexBytes);
        foreach ((string tensor, JsonNodeReader file) in JsonFile.Guard(path, () => new JsonNodeReader(IndexName, index.RootElement)["weight_map"].Properties().ToArray()))
        {
            string name = JsonFile.Guard(path, file.Text);
            if (!IsPlain(name))
            {
                throw file.Error($"is {Excerpt.Of(name)}; a shard must be a file of the folder itself");
            }

            SafetensorsFile shard = Shard(directory, name);
            SafetensorsEntry entry = shard.Find(tensor) ?? throw file.Error($"says that {Excerpt.Of(name)} holds this tensor, and it does not");
            tensors.Add(tensor, (shard, entry));
        }
    }

    private SafetensorsFile Shard(string directory, string name)
    {
        if (!shards.TryGetValue(name, out SafetensorsFile? shard))
        {
            if (shards.Count == MaximumShards)
            {
                throw new CheckpointException($"{IndexName} lists more than {MaximumShards} files.");
            }

            shard = SafetensorsFile.Open(Path.Combine(directory, name));
            shards.Add(name, shard);
        }

        return shard;
    }

    // a name, without a way to somewhere else on any system
    private static bool IsPlain(string name) =>
        name.EndsWith(".safetensors", StringComparison.Ordinal) && name.AsSpan().IndexOfAny("/\\:\0") < 0 && name[0] != '.';
}
