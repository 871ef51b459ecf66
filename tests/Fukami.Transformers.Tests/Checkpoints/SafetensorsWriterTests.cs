using System.Text;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_to_the_bit()
    {
        Storage[] tensors = [new Storage("matrix", new Shape(300, 1001)), new Storage("深み", new Shape(1)), new Storage("four", new Shape(2, 1, 3, 2))];
        foreach (Storage tensor in tensors)
        {
            new RandomSource(1).Split(tensor.Name).FillNormal(tensor.Values, 1);
        }

        tensors[2].Values[0] = float.NaN;
        tensors[2].Values[1] = -0f;
        SafetensorsWriter.Write(folder.File("a"), tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt", ["note"] = "日本語" });
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("a"));
        Assert.Equal("日本語", file.Metadata["note"]);
        Assert.Equal(["(300, 1001)", "(1)", "(2, 1, 3, 2)"], file.Entries.Select(entry => entry.ShapeText));
        Assert.Equal(0, file.Entries.First().Offset % 8);
        foreach (Storage tensor in tensors)
        {
            float[] read = new float[tensor.Values.Length];
            file.Read(tensor.Name, read);
            Assert.Equal(tensor.Values.ToArray().Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
        }

        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused_and_nothing_is_left_behind()
    {
        folder.Write("a", "old");
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("a"), [new Storage("x", new Shape(1)), new Storage("x", new Shape(1))]));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file()
    {
        folder.Write("a", "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write("half of the new"u8);
            throw new IOException("full");
        }));
        Assert.Equal("old", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names);
        AtomicFile.WriteText(folder.File("a"), "new");
        Assert.Equal("new", File.ReadAllText(folder.File("a"), Encoding.UTF8));
    }
}
