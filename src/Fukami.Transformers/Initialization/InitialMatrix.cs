using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Normal draws, each segment of columns with its own deviation. Draw i is the number at place i of the whole matrix.</summary>
internal sealed class InitialMatrix(Storage storage, WeightSegment[] segments) : InitialValues(storage)
{
    public override void Scale(InitializationScheme scheme, float deviation)
    {
        Span<float> values = Storage.Values;
        if (segments.Length == 1)
        {
            Multiply(values, Deviation(scheme, deviation, segments[0]));
            return;
        }

        int columns = Storage.Shape.Columns;
        int first = 0;
        foreach (WeightSegment segment in segments)
        {
            float factor = Deviation(scheme, deviation, segment);
            for (int row = 0; row < segment.In; row++)
            {
                Multiply(values.Slice((row * columns) + first, segment.Out), factor);
            }

            first += segment.Out;
        }
    }

    private static float Deviation(InitializationScheme scheme, float deviation, WeightSegment segment) =>
        (float)(segment.Gain * scheme.Matrix(segment, deviation));
}
