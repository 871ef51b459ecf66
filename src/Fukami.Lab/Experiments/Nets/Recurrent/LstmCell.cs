using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// c_t = f∘c_{t−1} + i∘g, h_t = o∘tanh(c_t), with the gates i, f, o = σ(x·W + h·U + b) and g = tanh(x·W + h·U + b), in the order i, f, g, o.
/// (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000)
/// </summary>
internal sealed class LstmCell(int layer, int width) : RecurrentCell(layer, width, gates: 4)
{
    public override bool HasMemory => true;

    public override RecurrentState Step(Tensor x, RecurrentState before)
    {
        Tensor gates = x.Linear(Input, Bias) + before.Hidden.Linear(Recurrent); // (batch, 1, 4·width)
        Tensor i = Gate(gates, 0).Sigmoid(), f = Gate(gates, 1).Sigmoid(), g = Gate(gates, 2).Tanh(), o = Gate(gates, 3).Sigmoid();
        Tensor c = (f * before.Memory) + (i * g);
        return new RecurrentState(o * c.Tanh(), c);
    }

    public override void InitializeBias(RecurrentSettings settings)
    {
        base.InitializeBias(settings);
        Bias.Values.Slice(Width, Width).Fill((float)settings.ForgetBias);
    }
}
