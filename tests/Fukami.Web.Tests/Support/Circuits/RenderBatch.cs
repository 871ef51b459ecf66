using System.Buffers.Binary;
using System.Text;

namespace Fukami.Web.Tests;

/// <summary>
/// What a circuit sends when the page changes, read from its bytes. The last five numbers of four bytes say where the tables begin: changed components,
/// new frames, removed components, removed handlers, texts. Every number is little-endian; a table begins with its count, that of the texts excepted.
/// (ASP.NET Core, RenderBatchWriter.)
/// </summary>
internal sealed class RenderBatch(byte[] bytes)
{
    private const int EditSize = 16;
    private const int FrameSize = 20;

    /// <summary>The components that change, each with its edits in order.</summary>
    public IEnumerable<(int Component, IReadOnlyList<RenderEdit> Edits)> Changes
    {
        get
        {
            int table = Table(5);
            for (int i = 0; i < Count(table, sizeof(int)); i++)
            {
                int at = Number(table + sizeof(int) * (i + 1));
                yield return (Number(at), [.. Enumerable.Range(0, Count(at + sizeof(int), EditSize)).Select(edit => Edit(at + 2 * sizeof(int) + EditSize * edit))]);
            }
        }
    }

    /// <summary>The components that are gone.</summary>
    public IEnumerable<int> Gone
    {
        get
        {
            int table = Table(3);
            return Enumerable.Range(1, Count(table, sizeof(int))).Select(i => Number(table + sizeof(int) * i));
        }
    }

    /// <summary>How many new frames there are.</summary>
    public int Frames => Count(Table(4), FrameSize);

    /// <summary>A new frame: an element, a text, an attribute or the place of a component.</summary>
    public RenderFrame Frame(int index)
    {
        if (index < 0 || index >= Frames)
        {
            throw new InvalidDataException($"The batch has {Frames} frames, and none at {index}.");
        }

        int at = Table(4) + sizeof(int) + FrameSize * index;
        return new RenderFrame((FrameKind)Number(at), Number(at + 4), Number(at + 8), unchecked((ulong)(uint)Number(at + 12) | (ulong)(uint)Number(at + 16) << 32));
    }

    /// <summary>A text by its number; none at −1.</summary>
    public string? Text(int index)
    {
        if (index == -1)
        {
            return null;
        }

        int at = Number(checked(Table(1) + sizeof(int) * index));
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = at >= 0 && at < bytes.Length && shift < 35 ? bytes[at++] : throw new InvalidDataException($"The batch has no text {index}.");
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                break;
            }
        }

        return length >= 0 && length <= bytes.Length - at ? Encoding.UTF8.GetString(bytes, at, length) : throw new InvalidDataException($"Text {index} is longer than the batch.");
    }

    private RenderEdit Edit(int at) => new((EditKind)Number(at), Number(at + 4), Number(at + 8), Number(at + 12));

    private int Table(int fromEnd) => Number(bytes.Length - sizeof(int) * fromEnd);

    private int Count(int at, int size)
    {
        int count = Number(at);
        return count >= 0 && count <= (bytes.Length - at) / size ? count : throw new InvalidDataException($"The batch has {bytes.Length} bytes, too few for {count} entries.");
    }

    private int Number(int at) => at >= 0 && at <= bytes.Length - sizeof(int)
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at))
        : throw new InvalidDataException($"The batch has {bytes.Length} bytes, and no number at {at}.");
}
