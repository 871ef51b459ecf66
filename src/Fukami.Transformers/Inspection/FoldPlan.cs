using System.Globalization;

namespace Fukami.Transformers;

/// <summary>Which linear maps read each normalization of a model, and nothing else does.</summary>
internal sealed class FoldPlan
{
    private readonly Transformer model;
    private readonly ResidualArrangement arrangement;

    /// <summary>The plan of a model.</summary>
    public FoldPlan(Transformer model)
    {
        this.model = model;
        arrangement = ResidualConnections.Find(model.Settings);
        string[] memory = [.. Enumerable.Range(0, model.Settings.DecoderDepth).Select(layer => $"decoder.{Layered.Point(layer, "cross.kv")}")];
        if (model.Settings.Kind == "encoder-decoder")
        {
            Stack("encoder.", model.Settings.Depth, memory);
            Stack("decoder.", model.Settings.DecoderDepth, Head());
        }
        else
        {
            Stack("", model.Settings.Depth, Head());
        }

        if (model.HasParameter("head.ln.gain"))
        {
            Steps.Add(new FoldStep("head.ln", 1, ["unembed"]) { GainOffset = 0 });
        }
    }

    /// <summary>What is folded into what.</summary>
    public List<FoldStep> Steps { get; } = [];

    /// <summary>Whether something is folded into the output weights.</summary>
    public bool ReachesOutput => Steps.Exists(step => step.Maps.Contains("unembed"));

    private void Stack(string stack, int depth, string[] end)
    {
        bool chain = arrangement.NormAfterSum && arrangement.SkipGain(new StackRole(depth, 0, Causal: true)) == 0;
        for (int layer = 0; layer < depth; layer++)
        {
            string block = string.Create(CultureInfo.InvariantCulture, $"{stack}blocks.{layer}.");
            string[] attention = [$"{block}attn.qkv"];
            string[] cross = Present($"{block}cross.q");
            string[] feedForward = Present($"{block}mlp.gate", $"{block}mlp.up");
            if (arrangement.NormBefore)
            {
                double gain = arrangement.InputGain(layer + 1);
                bool shared = !model.HasParameter($"{block}ln2.gain");
                Add($"{block}ln1", gain, shared ? [.. attention, .. cross, .. feedForward] : attention);
                Add($"{block}ln_cross", gain, cross);
                Add($"{block}ln2", gain, feedForward);
            }
            else if (arrangement.NormAfterSum && layer + 1 == depth && !chain)
            {
                Add($"{block}ln2", 1, end);
            }
            else if (chain)
            {
                Add($"{block}ln1", 1, cross.Length > 0 ? cross : feedForward);
                Add($"{block}ln_cross", 1, feedForward);
                Add($"{block}ln2", 1, layer + 1 < depth ? [string.Create(CultureInfo.InvariantCulture, $"{stack}blocks.{layer + 1}.attn.qkv")] : end);
            }
        }

        Add($"{stack}ln_final", 1, end);
    }

    // what reads the last stream; nothing if somebody looks at the stream itself
    private string[] Head() => model.Settings.Head == "none"
        ? []
        : [.. Present("pooler"), model.HasParameter("head.dense.weight") ? "head.dense" : "unembed"];

    private string[] Present(params ReadOnlySpan<string> maps)
    {
        var present = new List<string>();
        foreach (string map in maps)
        {
            if (model.HasParameter($"{map}.weight"))
            {
                present.Add(map);
            }
        }

        return [.. present];
    }

    private void Add(string norm, double factor, string[] maps)
    {
        if (maps.Length > 0 && model.HasParameter($"{norm}.gain"))
        {
            Steps.Add(new FoldStep(norm, factor, maps) { GainOffset = Normalizations.Find(model.Settings).GainOffset });
        }
    }
}
