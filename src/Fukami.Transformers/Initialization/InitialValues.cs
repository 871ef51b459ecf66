using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>How a parameter or running statistic begins.</summary>
internal abstract class InitialValues(Storage storage)
{
    public Storage Storage { get; } = storage;

    /// <summary>Whether it begins with draws, or with the same value everywhere.</summary>
    public virtual bool Drawn => true;

    /// <summary>Turns what the storage holds, standard normal draws if it is <see cref="Drawn"/>, into the initial values.</summary>
    public abstract void Scale(InitializationScheme scheme, float deviation);

    private protected static void Multiply(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }
}
