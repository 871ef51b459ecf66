namespace Fukami.Transformers;

/// <summary>The values of the setting <c>activation</c>: a new one is a line here.</summary>
public static class Activations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ActivationKind> All { get; } =
    [
        new("relu", new("max(x, 0).", "max(x, 0)。"), static x => x.Relu()),
        new("gelu", new("x·Φ(x). (Hendrycks and Gimpel 2016)", "x·Φ(x)（Hendrycks・Gimpel 2016）。"), static x => x.Gelu()),
        new("gelu-tanh", new("GELU by its tanh approximation, as in GPT-2.", "tanh で近似した GELU（GPT-2 と同じ）。"), static x => x.GeluTanh()),
        new("silu", new("x·σ(x). (Elfwing et al. 2017)", "x·σ(x)（Elfwing ほか 2017）。"), static x => x.Silu()),
        new("swiglu", new("silu(x·gate) ∘ (x·up): a third matrix decides what passes. (Shazeer 2020)", "silu(x·gate) ∘ (x·up)。3つ目の行列が通すものを決める（Shazeer 2020）。"), static x => x.Silu()) { IsGate = true },
        new("geglu", new("gelu(x·gate) ∘ (x·up). (Shazeer 2020)", "gelu(x·gate) ∘ (x·up)（Shazeer 2020）。"), static x => x.Gelu()) { IsGate = true },
        new("geglu-tanh", new("As geglu with GELU by its tanh approximation. (Gemma)", "geglu の GELU を tanh で近似したもの（Gemma）。"), static x => x.GeluTanh()) { IsGate = true },
    ];

    /// <summary>The activation that the settings ask for.</summary>
    internal static ActivationKind Find(TransformerSettings settings) => ChoiceTable.Find(All, "activation", settings.Activation);

    /// <summary>Builds the feed-forward sublayer that the settings ask for.</summary>
    internal static ISublayer Build(ModelScope scope, TransformerSettings settings, StackRole role, double gain) => Find(settings) switch
    {
        { IsGate: true } gate => new GatedFeedForwardSublayer(scope, settings, role, gain, gate.Function),
        var activation => new FeedForwardSublayer(scope, settings, role, gain, activation.Function),
    };
}
