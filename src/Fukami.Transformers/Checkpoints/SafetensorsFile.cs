using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fukami.Transformers;

/// <summary>
/// A safetensors file, open for reading: eight bytes with the header's length, the header (JSON), the tensors' bytes, little-endian.
/// The header is read and checked at once, a tensor's numbers when they are asked for; never more memory is taken than the file is large.
/// Several threads may read at once.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 16;

    private readonly SafeFileHandle handle;
    private readonly SafetensorsHeader header;
    private readonly string name;

    private SafetensorsFile(string name, SafeFileHandle handle)
    {
        (this.name, this.handle) = (name, handle);
        Length = RandomAccess.GetLength(handle);
        if (Length < 8)
        {
            throw new CheckpointException($"{name} is no safetensors file: it has {Length} bytes, and the length of the header alone takes 8.");
        }

        Span<byte> prefix = stackalloc byte[8];
        Read(prefix, 0);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes > (ulong)(Length - 8) || headerBytes > (ulong)MaximumHeaderBytes)
        {
            throw new CheckpointException($"{name} is no safetensors file or is cut off: it claims a header of {headerBytes} bytes, and {Length - 8} follow ({MaximumHeaderBytes} are allowed).");
        }

        byte[] json = new byte[headerBytes];
        Read(json, 8);
        long dataStart = 8 + json.LongLength;
        header = SafetensorsHeader.Parse(name, json, dataStart, Length - dataStart);
    }

    /// <summary>The longest header that is read, 100 MB, as in the format's own implementation.</summary>
    public static int MaximumHeaderBytes => 100_000_000;

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyCollection<SafetensorsEntry> Entries => header.Entries.Values;

    /// <summary>The free strings that the writer added (<c>__metadata__</c>).</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="CheckpointException">There is no such file, it cannot be read, or it is not a sound safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? opened = null;
        try
        {
            opened = File.OpenHandle(path, options: FileOptions.SequentialScan);
            return new SafetensorsFile(Path.GetFileName(path), opened);
        }
        catch (Exception e)
        {
            opened?.Dispose();
            switch (e)
            {
                case FileNotFoundException or DirectoryNotFoundException:
                    throw new CheckpointException($"There is no file {path}.", e);
                case IOException or UnauthorizedAccessException or NotSupportedException:
                    throw new CheckpointException($"{path} cannot be read: {e.Message}", e);
                default:
                    throw;
            }
        }
    }

    /// <summary>What the header says of a tensor; null if there is none of that name.</summary>
    public SafetensorsEntry? Find(string tensor) => header.Entries.GetValueOrDefault(tensor);

    /// <summary>Reads a tensor's numbers, whatever their shape; F16 and BF16 become f32 exactly.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="destination">As many numbers as the tensor holds.</param>
    /// <exception cref="CheckpointException">There is no such tensor, it holds another number of values, or is not F32, F16 or BF16.</exception>
    public void Read(string tensor, Span<float> destination)
    {
        SafetensorsEntry entry = Entry(tensor);
        if (entry.Count != destination.Length)
        {
            throw new CheckpointException($"The tensor {Excerpt.Of(tensor)} in {name} holds {entry.Count} numbers of shape {entry.ShapeText}, and {destination.Length} are asked for.");
        }

        ReadPart(entry, 0, destination);
    }

    /// <summary>Reads some of a tensor's numbers, one after the other as they lie in the file; F16 and BF16 become f32 exactly.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="first">The first number.</param>
    /// <param name="destination">As many numbers as are wanted.</param>
    /// <exception cref="CheckpointException">There is no such tensor, it holds fewer values, or is not F32, F16 or BF16.</exception>
    public void ReadPart(string tensor, long first, Span<float> destination)
    {
        SafetensorsEntry entry = Entry(tensor);
        if (first < 0 || first > entry.Count - destination.Length)
        {
            throw new CheckpointException($"The tensor {Excerpt.Of(tensor)} in {name} holds {entry.Count} numbers of shape {entry.ShapeText}, and those from {first} to {first + destination.Length - 1} are asked for.");
        }

        ReadPart(entry, first, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private SafetensorsEntry Entry(string tensor) => Find(tensor) ?? throw new CheckpointException($"{name} has no tensor {Excerpt.Of(tensor)}.");

    private void ReadPart(SafetensorsEntry entry, long first, Span<float> destination)
    {
        switch (entry.Type)
        {
            case "F32":
                ReadSingles(entry.Offset + (first * sizeof(float)), destination);
                break;
            case "F16":
                ReadHalves(entry.Offset + (first * 2), destination, static bits => (float)BitConverter.UInt16BitsToHalf(bits));
                break;
            case "BF16":
                ReadHalves(entry.Offset + (first * 2), destination, static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));
                break;
            default:
                throw new CheckpointException($"The tensor {Excerpt.Of(entry.Name)} in {name} is of type {entry.Type}; F32, F16 and BF16 can be read.");
        }
    }

    private void ReadSingles(long offset, Span<float> destination)
    {
        const int chunk = ChunkBytes * 16 / sizeof(float);
        for (int start = 0; start < destination.Length; start += chunk)
        {
            Span<float> part = destination.Slice(start, Math.Min(chunk, destination.Length - start));
            Read(MemoryMarshal.AsBytes(part), offset + ((long)start * sizeof(float)));
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> bits = MemoryMarshal.Cast<float, int>(part);
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }
        }
    }

    private void ReadHalves(long offset, Span<float> destination, Func<ushort, float> convert)
    {
        byte[] buffer = new byte[Math.Min(ChunkBytes, (long)destination.Length * 2)];
        for (int start = 0; start < destination.Length; start += buffer.Length / 2)
        {
            Span<float> part = destination.Slice(start, Math.Min(buffer.Length / 2, destination.Length - start));
            Span<byte> bytes = buffer.AsSpan(0, part.Length * 2);
            Read(bytes, offset + ((long)start * 2));
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = convert(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]));
            }
        }
    }

    private void Read(Span<byte> destination, long offset)
    {
        try
        {
            while (destination.Length > 0)
            {
                int read = RandomAccess.Read(handle, destination, offset);
                if (read == 0)
                {
                    throw new CheckpointException($"{name} ended while it was read; is something else writing it?");
                }

                destination = destination[read..];
                offset += read;
            }
        }
        catch (IOException e)
        {
            throw new CheckpointException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
