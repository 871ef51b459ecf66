using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Fukami.Transformers.Tests;

/// <summary>A format of two bytes, and copies of safetensors files in it.</summary>
/// <param name="Name">Its name in a safetensors header.</param>
/// <param name="Unit">The largest relative error of rounding to nearest, but for subnormal numbers.</param>
/// <param name="Bits">The bits of the nearest number, ties to even.</param>
/// <param name="Number">The number that bits stand for.</param>
internal sealed record HalfPrecision(string Name, float Unit, Func<float, ushort> Bits, Func<ushort, float> Number)
{
    public static readonly HalfPrecision F16 = new("F16", 1f / 2048, number => BitConverter.HalfToUInt16Bits((Half)number), bits => (float)BitConverter.UInt16BitsToHalf(bits));

    public static readonly HalfPrecision BF16 = new("BF16", 1f / 256, RoundedUpperHalf, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));

    public float Round(float number) => Number(Bits(number));

    /// <summary>Writes a copy of a file with every F32 tensor in this format, and the others as they are.</summary>
    public void Copy(string from, string to)
    {
        byte[] file = File.ReadAllBytes(from);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(8, headerLength))!.AsObject();
        using var data = new MemoryStream();
        foreach ((string name, JsonNode? entry) in header)
        {
            if (name == "__metadata__")
            {
                continue;
            }

            (int start, int end) = ((int)entry!["data_offsets"]![0]!, (int)entry["data_offsets"]![1]!);
            ReadOnlySpan<byte> bytes = file.AsSpan((8 + headerLength + start)..(8 + headerLength + end));
            long first = data.Position;
            if ((string)entry["dtype"]! == "F32")
            {
                entry["dtype"] = Name;
                bytes = Rounded(bytes);
            }

            data.Write(bytes);
            entry["data_offsets"] = new JsonArray(first, data.Position);
        }

        File.WriteAllBytes(to, SafetensorsBytes.Of(header.ToJsonString(), data.ToArray()));
    }

    private byte[] Rounded(ReadOnlySpan<byte> singles)
    {
        byte[] halves = new byte[singles.Length / 2];
        for (int i = 0; i < halves.Length; i += 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(halves.AsSpan(i), Bits(BinaryPrimitives.ReadSingleLittleEndian(singles[(2 * i)..])));
        }

        return halves;
    }

    // half of what the lower 16 bits can hold, and one more where that makes a tie even
    private static ushort RoundedUpperHalf(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
