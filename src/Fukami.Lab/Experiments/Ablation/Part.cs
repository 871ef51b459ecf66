using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>A part of a Transformer, and how the net is built without it.</summary>
/// <param name="Id">The name in <c>--set parts=</c> and of the series.</param>
/// <param name="Name">The name for a person.</param>
/// <param name="Remove">The settings without it.</param>
internal sealed record Part(string Id, LocalizedText Name, Func<TransformerSettings, TransformerSettings> Remove)
{
    /// <summary>Nothing is taken out.</summary>
    public static Part Whole { get; } = new("whole", new("whole", "全体"), static net => net);

    /// <summary>The parts that can be taken out.</summary>
    public static IReadOnlyList<Part> All { get; } =
    [
        new("skip", new("skip path", "スキップ経路"), static net => net with { Residual = "none-norm" }),
        new("norm", new("normalization", "正規化"), static net => net with { Norm = "none" }) { Weights = "ln" },
        new("attention", new("attention", "アテンション"), static net => net) { Branch = "attn_out", Weights = ".attn." },
        new("feed-forward", new("feed-forward", "フィードフォワード"), static net => net) { Branch = "mlp_out", Weights = ".mlp." },
        new("positions", new("positions", "位置"), static net => net with { Positions = "none" }) { Weights = "pos_embed" },
        new("heads", new("all heads but one", "1 つを除くヘッド"), static net => net with { Heads = 1, KeyValueHeads = 0 }),
    ];

    /// <summary>The branch that adds zeros instead in every layer, if it is one: its weights stay, but get no gradient and change nothing.</summary>
    public string? Branch { get; private init; }

    // what the names of its parameters have in common; null for a part that has none
    private string? Weights { get; init; }

    /// <summary>How many numbers are learned in it.</summary>
    public long WeightsIn(Transformer whole) => Weights is null
        ? 0
        : whole.Parameters.Where(p => p.Name.Contains(Weights, StringComparison.Ordinal)).Sum(p => p.Shape.Count);

    /// <summary>The part of this name.</summary>
    public static Part Find(string id) => All.First(p => string.Equals(p.Id, id, StringComparison.Ordinal));

    /// <summary>Silences the branch in the passes to come.</summary>
    public void Silence(Tape tape, int depth)
    {
        for (int layer = 0; Branch is not null && layer < depth; layer++)
        {
            tape.Replace(string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{Branch}"), static branch => branch.Tape.Zeros(branch.Shape));
        }
    }
}
