using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>The net that derivations speak of: a causal decoder without biases or positions, ReLU feed-forward, Xavier-normal weights.</summary>
internal static class StandardNet
{
    /// <summary>The net before an experiment gives it sizes and an arrangement.</summary>
    public static TransformerSettings Base { get; } = new() { Kind = "decoder", Activation = "relu", Initialization = "xavier", Positions = "none", Bias = false };
}
