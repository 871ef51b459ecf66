namespace Fukami.Tensors;

/// <summary>Inverted dropout: each number is 0 with the given probability, else divided by the probability of staying. (Srivastava et al. 2014)</summary>
internal sealed unsafe class Dropped : RowOperation
{
    public float Rate;
    public RandomSource Random;

    protected override void ForwardPiece(int row, nint count) => Apply(row, count, null, Input.Row(row), Output.Row(row));

    protected override void BackwardPiece(int row, nint count) =>
        Apply(row, count, At(InputGradient.From, Input, row), Output.GradientRow(row), At(InputGradient.To, Input, row));

    private void Apply(int row, nint count, float* from, float* x, float* to)
    {
        // The draw belongs to the number's place, so it is the same whoever asks, and in the backward pass too.
        ulong place = (ulong)row * (ulong)Output.Columns;
        float keep = 1 / (1 - Rate);
        for (nint i = 0; i < count; i++)
        {
            float value = Random.Uniform(place + (ulong)i) < Rate ? 0 : keep * x[i];
            to[i] = from == null ? value : from[i] + value;
        }
    }
}
