using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>The example of docs/inspection.md.</summary>
internal static class InspectionExample
{
    public static string Run(string directory)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        // example
        ModelFolder folder = ModelFolder.Open(directory);
        (Transformer model, ITokenizer tokenizer) = (folder.Model, folder.Tokenizer!);
        TokenBatch anna = TokenBatch.Of(tokenizer.Encode("Anna gave Ken a cake. Ken thanked"));
        TokenBatch mia = TokenBatch.Of(tokenizer.Encode("Mia gave Ken a cake. Ken thanked"));
        var difference = new LogitMetric(tokenizer.Encode(" Anna")[0]) { Against = tokenizer.Encode(" Mia")[0] };
        var tape = new Tape();

        // every value and, of the logit difference, every gradient
        PointCapture pass = PointCapture.Run(tape, model, anna, metric: difference);
        output.WriteLine($"Anna over Mia: {pass.Metric:F2}");
        output.WriteLine($"gradient at blocks.2.attn.pattern: {pass["blocks.2.attn.pattern"].Gradient.Length} numbers");

        // what each layer would say
        var lens = new LogitLens(tape, model, pass);
        for (int layer = 0; layer < lens.Streams; layer++)
        {
            TokenGuess guess = lens.Top(layer, sentence: 0, position: anna.Length - 1)[0];
            output.WriteLine($"behind layer {layer}:{tokenizer.Decode([guess.Token])} ({guess.Probability:F2})");
        }

        // who wrote the difference
        LogitAttribution attribution = LogitAttribution.Of(model, pass, difference, heads: true);
        foreach (AttributedComponent component in attribution.Components.OrderByDescending(c => Math.Abs(c.Value)).Take(3))
        {
            output.WriteLine($"{component.Name}: {component.Value:F2}");
        }

        output.WriteLine($"sum of {attribution.Components.Count} components: {attribution.Sum:F2}");

        // where the name is on its way
        PatchSweep sweep = PatchSweep.Run(tape, model, source: mia, target: anna, "resid_pre", difference);
        for (int layer = 0; layer < sweep.Layers; layer++)
        {
            output.WriteLine(string.Join(' ', Enumerable.Range(0, sweep.Positions).Select(p => $"{sweep.Recovered(layer, p):F2}")));
        }

        // without one head
        var without = new ZeroAblation("blocks.1.attn.z") { Head = AttentionHead.Of(model.Settings, 2) };
        output.WriteLine($"without head 2 of layer 2: {PointCapture.Run(tape, model, anna, [], [without], difference).Metric:F2}");

        // how much of the gradient never met a branch
        DirectPath path = DirectPath.Measure(tape, model, anna, difference);
        output.WriteLine($"direct path's share at the first layer: {path.Share[0]:F2}");

        // end
        return output.ToString();
    }
}
