using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Normal draws of one deviation, the scheme's for tables.</summary>
internal sealed class InitialTable(Storage storage, bool onlyLookedUp) : InitialValues(storage)
{
    public bool OnlyLookedUp { get; } = onlyLookedUp;

    public override void Scale(InitializationScheme scheme, float deviation) => Multiply(Storage.Values, (float)scheme.Table(deviation));
}
