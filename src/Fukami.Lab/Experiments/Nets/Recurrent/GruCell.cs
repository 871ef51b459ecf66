using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>
/// h_t = (1 − z)∘n + z∘h_{t−1}, with the gates r, z = σ(x·W + h·U + b) and n = tanh(x·W + r∘(h·U) + b), in the order r, z, n.
/// (Cho et al. 2014, the reset gate behind the product as in PyTorch)
/// </summary>
internal sealed class GruCell(int layer, int width) : RecurrentCell(layer, width, gates: 3)
{
    public override RecurrentState Step(Tensor x, RecurrentState before)
    {
        Tensor ofInput = x.Linear(Input, Bias), ofHidden = before.Hidden.Linear(Recurrent); // (batch, 1, 3·width)
        Tensor r = (Gate(ofInput, 0) + Gate(ofHidden, 0)).Sigmoid();
        Tensor z = (Gate(ofInput, 1) + Gate(ofHidden, 1)).Sigmoid();
        Tensor n = (Gate(ofInput, 2) + (r * Gate(ofHidden, 2))).Tanh();
        Tensor h = n + (z * (before.Hidden + (-1f * n)));
        return new RecurrentState(h, h);
    }
}
