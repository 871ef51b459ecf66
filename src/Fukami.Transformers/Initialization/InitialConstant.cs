using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The same value everywhere.</summary>
internal sealed class InitialConstant(Storage storage, float value) : InitialValues(storage)
{
    public override void Fill(InitializationScheme scheme, float deviation, RandomSource random) => Storage.Values.Fill(value);
}
