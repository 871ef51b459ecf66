using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>How a parameter or running statistic begins.</summary>
internal abstract class InitialValues(Storage storage)
{
    public Storage Storage { get; } = storage;

    public abstract void Fill(InitializationScheme scheme, float deviation, RandomSource random);
}
