using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>h_t = tanh(x_t·W + h_{t−1}·U + b). (Elman 1990)</summary>
internal sealed class ElmanCell(int layer, int width) : RecurrentCell(layer, width, gates: 1)
{
    public override RecurrentState Step(Tensor x, RecurrentState before)
    {
        Tensor h = (x.Linear(Input, Bias) + before.Hidden.Linear(Recurrent)).Tanh();
        return new RecurrentState(h, h);
    }
}
