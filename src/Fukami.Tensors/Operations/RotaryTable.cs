namespace Fukami.Tensors;

/// <summary>Cosines and sines of rotary positions, computed once and kept: grows with the positions asked for.</summary>
internal sealed unsafe class RotaryTable(RotaryFrequencies frequencies)
{
    private MemoryBlock table = new(1);
    private int positions;

    public RotaryFrequencies Frequencies { get; } = frequencies;

    /// <summary>Pairs of features.</summary>
    public int Half => Frequencies.Pairs;

    /// <summary>For each position, <see cref="Half"/> cosines and then as many sines.</summary>
    public float* Pointer => table.Pointer;

    /// <summary>Makes the table cover positions [0, <paramref name="count"/>).</summary>
    public void Cover(int count)
    {
        if (count > positions)
        {
            count = Math.Max(count, 2 * positions);
            table = new MemoryBlock((long)count * 2 * Half);
            for (int i = 0; i < Half; i++)
            {
                double frequency = Frequencies[i];
                for (int position = 0; position < count; position++)
                {
                    var (sin, cos) = ReproducibleMath.SinCos(position * frequency);
                    float* at = table.Pointer + ((nint)position * 2 * Half) + i;
                    at[0] = (float)cos;
                    at[Half] = (float)sin;
                }
            }

            positions = count;
        }
    }
}
