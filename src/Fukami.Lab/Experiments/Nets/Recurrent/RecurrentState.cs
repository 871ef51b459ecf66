using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What one layer hands from a time step to the next.</summary>
/// <param name="Hidden">h, (batch, 1, width).</param>
/// <param name="Memory">An LSTM's c, (batch, 1, width); h again where there is none.</param>
internal readonly record struct RecurrentState(Tensor Hidden, Tensor Memory);
