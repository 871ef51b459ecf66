namespace Fukami.Transformers;

/// <summary>The values of the setting <c>positions</c>: a new one is a file beside this one and a line here.</summary>
public static class PositionEncodings
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PositionEncoding> All { get; } =
    [
        new("learned", new("A learned vector for each position is added. (GPT-2)", "位置ごとに学習したベクトルを足す（GPT-2）。")) { Embedding = static (scope, s) => new LearnedPositions(scope, s.Length, s.Width) },
        new("sinusoidal", new("Sines and cosines of the position are added. (Vaswani et al. 2017)", "位置の正弦と余弦を足す（Vaswani ほか 2017）。")) { Embedding = static (scope, s) => new SinusoidalPositions(scope, s.Length, s.Width) },
        new("rotary", new("Queries and keys are turned by their positions. (Su et al. 2021)", "クエリとキーを位置に応じて回転する（Su ほか 2021）。")) { Rotates = true },
        new("none", new("Nothing; a causal mask alone tells positions apart.", "何もしない。因果マスクだけが位置を区別する。")),
    ];

    /// <summary>What the settings ask for.</summary>
    internal static PositionEncoding Find(TransformerSettings settings) => ChoiceTable.Find(All, "positions", settings.Positions);
}
