using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>The same value everywhere.</summary>
internal sealed class InitialConstant(Storage storage, float value) : InitialValues(storage)
{
    public override bool Drawn => false;

    public override void Scale(InitializationScheme scheme, float deviation) => Storage.Values.Fill(value);
}
