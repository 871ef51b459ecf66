using Fukami.Transformers;
using SharpFuzz;

// Instrument the assembly (sharpfuzz Fukami.Transformers.dll), then: afl-fuzz -i SEEDS -o FINDINGS -- dotnet Fukami.Fuzz.dll TARGET
string folder = Directory.CreateTempSubdirectory("fukami-fuzz-").FullName;
var targets = new Dictionary<string, (string File, Action<string> Read)>(StringComparer.Ordinal)
{
    ["safetensors"] = ("model.safetensors", ReadTensors),
    ["tokenizer"] = ("tokenizer.json", path => TokenizerJson.Read(path).Encode("a text")),
    ["config"] = ("config.json", path => ModelFolder.Open(Path.GetDirectoryName(path)!)),
    ["text"] = ("text.txt", path => TextFile.Read(path)),
};
if (args is not [var name] || !targets.TryGetValue(name, out var target))
{
    Console.Error.WriteLine($"Name what to fuzz: {string.Join(", ", targets.Keys)}.");
    return 2;
}

string file = Path.Combine(folder, target.File);
Fuzzer.OutOfProcess.Run(input =>
{
    using (FileStream output = File.Create(file))
    {
        input.CopyTo(output);
    }

    try
    {
        target.Read(file);
    }
    catch (Exception e) when (e is CheckpointException or TokenizerException or TrainingException)
    {
        // the only answers that a foreign file may get
    }
});
return 0;

static void ReadTensors(string path)
{
    using SafetensorsFile file = SafetensorsFile.Open(path);
    foreach (SafetensorsEntry entry in file.Entries)
    {
        if (entry.Type is "F32" or "F16" or "BF16")
        {
            file.Read(entry.Name, new float[entry.Count]);
        }
    }
}
