namespace Fukami.Transformers;

/// <summary>The values of the setting <c>activation</c>: a new one is a line here.</summary>
public static class Activations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ActivationKind> All { get; } =
    [
        new("relu", new("max(x, 0).", "max(x, 0)。"), static (scope, s, role, gain) => new FeedForwardSublayer(scope, s, role, gain, static x => x.Relu())),
        new("gelu", new("x·Φ(x). (Hendrycks and Gimpel 2016)", "x·Φ(x)（Hendrycks・Gimpel 2016）。"), static (scope, s, role, gain) => new FeedForwardSublayer(scope, s, role, gain, static x => x.Gelu())),
        new("gelu-tanh", new("GELU by its tanh approximation, as in GPT-2.", "tanh で近似した GELU（GPT-2 と同じ）。"), static (scope, s, role, gain) => new FeedForwardSublayer(scope, s, role, gain, static x => x.GeluTanh())),
        new("swiglu", new("silu(x·gate) ∘ (x·up): a third matrix decides what passes. (Shazeer 2020)", "silu(x·gate) ∘ (x·up)。3つ目の行列が通すものを決める（Shazeer 2020）。"), static (scope, s, role, gain) => new GatedFeedForwardSublayer(scope, s, role, gain, static x => x.Silu())),
    ];

    /// <summary>Builds the feed-forward sublayer that the settings ask for.</summary>
    internal static ISublayer Build(ModelScope scope, TransformerSettings settings, StackRole role, double gain) =>
        ChoiceTable.Find(All, "activation", settings.Activation).Build(scope, settings, role, gain);
}
