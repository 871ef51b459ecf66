namespace Fukami.Transformers;

/// <summary>Names of points that somebody asks for.</summary>
internal static class PointNames
{
    /// <summary>Refuses a name that a model has not.</summary>
    public static void Check(Transformer model, string point)
    {
        if (!model.PointNames.Contains(point, StringComparer.Ordinal))
        {
            throw new InspectionException($"The model has no point {point}; it has {model.PointNames.Count}, from {model.PointNames[0]} to {model.PointNames[^1]}.");
        }
    }
}
