namespace Fukami.Transformers.Tests;

/// <summary>One foreign input to the safetensors reader, with the promises that hold for every input.</summary>
internal static class SafetensorsFuzzing
{
    private const long Fixed = 100_000;
    private const long Multiple = 24;

    /// <summary>Reads everything that the file offers. True: it was sound. False: it was refused with a <see cref="CheckpointException"/>.</summary>
    public static bool Try(byte[] bytes, string path)
    {
        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool sound = TryRead(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= Fixed + (Multiple * bytes.Length), $"{bytes.Length} bytes made the reader allocate {allocated}.");
        return sound;
    }

    private static bool TryRead(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            foreach (SafetensorsEntry entry in file.Entries)
            {
                if (entry.Type is "F32" or "F16" or "BF16")
                {
                    Assert.True(entry.Count <= file.Length);
                    file.Read(entry.Name, new float[entry.Count]);
                }
            }

            return true;
        }
        catch (CheckpointException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }
}
