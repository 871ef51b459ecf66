using System.Buffers.Binary;
using System.Globalization;

namespace Fukami.Transformers.Tests;

public sealed class SafetensorsReaderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Three_element_types_are_read_exactly()
    {
        byte[] data = [.. SafetensorsBytes.Singles(1.5f, float.NegativeInfinity), 0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0x80, 0x3F, 0xC0, 0x7F];
        using SafetensorsFile file = Open("""
            {"__metadata__":{"format":"pt","作者":"深み"},
             "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
             "b":{"dtype":"F16","shape":[3],"data_offsets":[8,14]},
             "c":{"dtype":"BF16","shape":[2],"data_offsets":[14,18]}}
            """, data);

        Assert.Equal([1.5f, float.NegativeInfinity], Read(file, "a"));
        Assert.Equal([1f, -2f, 5.9604645e-8f], Read(file, "b"));
        Assert.Equal([1f, float.NaN], Read(file, "c"));
        Assert.Equal("深み", file.Metadata["作者"]);
        Assert.Equal(["a", "b", "c"], file.Entries.Select(entry => entry.Name));
        Assert.Equal("(2, 1)", file.Find("a")!.ShapeText);
    }

    [Fact]
    public void Long_tensors_are_read_over_the_boundaries_of_chunks()
    {
        const int count = 700_001;
        byte[] data = new byte[2 * count];
        for (int i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(2 * i), (ushort)(i % 30_000));
        }

        using SafetensorsFile file = Open(string.Create(CultureInfo.InvariantCulture, $"{{\"x\":{{\"dtype\":\"BF16\",\"shape\":[{count}],\"data_offsets\":[0,{2 * count}]}}}}"), data);
        float[] values = Read(file, "x");
        Assert.Equal(Enumerable.Range(0, count).Select(i => BitConverter.UInt32BitsToSingle((uint)(i % 30_000) << 16)), values);
    }

    [Fact]
    public void Tensors_without_numbers_and_single_numbers_are_sound()
    {
        using SafetensorsFile file = Open("""{"none":{"dtype":"F32","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]},"one":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}   """, SafetensorsBytes.Singles(7));
        Assert.Empty(Read(file, "none"));
        Assert.Equal([7f], Read(file, "one"));
    }

    [Fact]
    public void A_file_may_hold_no_tensors() => Open("{}", []).Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "\"a\"", "(2)")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", 4, "\"a\"", "0 to 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "\"a\"", "4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "\"a\"", "not negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "\"a\"", "not negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "\"a\"", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "\"a\"", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "\"a\"", "at most 16")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "\"a\"", "F31")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "\"b\"", "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "\"b\"", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes", "before the file does")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "\"a\"", "twice")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "\"a\"", "repeated property \"dtype\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "\"a\"", "needs")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "\"a\"", "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "\"a\"", "whole numbers")]
    [InlineData("""{"a":5}""", 0, "\"a\"", "form")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":1}}}}}""", 0, "\"a\"", "\"b\"")]
    [InlineData("""[1]""", 0, "header", "form")]
    [InlineData("""{} x""", 0, "JSON", "header")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__", "form")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__", "twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__", "two")]
    public void A_header_that_lies_is_refused_with_the_name_of_the_tensor(string header, int dataBytes, string named, string complaint)
    {
        var exception = Assert.Throws<CheckpointException>(() => Open(header, new byte[dataBytes]));
        Assert.Contains("model.safetensors", exception.Message, StringComparison.Ordinal);
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(1000UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000000000000000UL)]
    public void A_lying_header_length_is_refused(ulong length)
    {
        string path = folder.Write("model.safetensors", SafetensorsBytes.Of("{}", [], length));
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
    }

    [Fact]
    public void A_file_too_short_or_missing_or_a_folder_is_refused()
    {
        Assert.Contains("3 bytes", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Write("a", [1, 2, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("no file", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.File("missing"))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_element_types_and_wrong_sizes_are_refused_when_read()
    {
        using SafetensorsFile file = Open("""{"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", new byte[8]);
        Assert.Contains("I64", Assert.Throws<CheckpointException>(() => file.Read("ids", new float[1])).Message, StringComparison.Ordinal);
        Assert.Contains("2 are asked", Assert.Throws<CheckpointException>(() => file.Read("ids", new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("\"x\"", Assert.Throws<CheckpointException>(() => file.Read("x", new float[2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_name_cannot_flood_or_break_the_message()
    {
        string name = "\\n" + new string('x', 5000);
        var exception = Assert.Throws<CheckpointException>(() => Open($$$"""{"{{{name}}}":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}""", new byte[4]));
        Assert.True(exception.Message.Length < 300);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void No_damaged_file_does_more_than_be_refused()
    {
        byte[] valid = SafetensorsBytes.Of("""
            {"__metadata__":{"format":"pt","step":"12"},
             "blocks.0.attn.out.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
             "blocks.0.ln1.gain":{"dtype":"F16","shape":[2],"data_offsets":[16,20]},
             "embed.weight":{"dtype":"BF16","shape":[1,2],"data_offsets":[20,24]}}
            """, new byte[24]);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 5000; i++)
        {
            refused += SafetensorsFuzzing.Try(Mutations.Of(valid, random), folder.File("fuzz.safetensors")) ? 0 : 1;
        }

        Assert.InRange(refused, 2500, 4999);
    }

    [Fact]
    public void Memory_for_a_file_stays_a_small_multiple_of_its_length()
    {
        // the densest headers: as many entries, metadata and extents as fit in the bytes
        string tensors = string.Join(',', Enumerable.Range(0, 2000).Select(i => $$"""
            "{{i}}":{"dtype":"F32","shape":[0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,0]}
            """.Trim()));
        string metadata = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"{i}\":\"\""));
        foreach (string header in (string[])[$"{{{tensors}}}", $"{{\"__metadata__\":{{{metadata}}}}}", new string('[', 200_000), $"{{\"a\":{{\"shape\":[{new string('1', 200_000)}"])
        {
            byte[] bytes = SafetensorsBytes.Of(header, []);
            SafetensorsFuzzing.Try(bytes, folder.File("fuzz.safetensors"));
        }
    }

    private SafetensorsFile Open(string header, ReadOnlySpan<byte> data) => SafetensorsFile.Open(folder.Write("model.safetensors", SafetensorsBytes.Of(header, data)));

    private static float[] Read(SafetensorsFile file, string tensor)
    {
        float[] values = new float[file.Find(tensor)!.Count];
        file.Read(tensor, values);
        return values;
    }
}
