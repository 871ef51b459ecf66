using System.Globalization;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Architecture.Tests;

/// <summary>The example of README.md and README.ja.md. What stands between the marks is there, line by line.</summary>
internal static class GradientExample
{
    // what the example calls Console
    private static StringWriter Console { get; } = new(CultureInfo.InvariantCulture);

    public static string Run()
    {
        // <example>
        var settings = new TransformerSettings { Depth = 12, Width = 64, Length = 32, Vocabulary = 32, Residual = "post" };
        Transformer model = Transformer.Init(settings, new RandomSource(seed: 1));

        var source = new MarkovSource(settings.Kind, settings.Vocabulary, settings.Length);
        TokenBatch batch = source.CreateBatch(examples: 8);
        source.Fill(batch, new RandomSource(seed: 2));

        var tape = new Tape();
        tape.Begin(training: true);
        Tensor loss = model.Loss(tape, batch);
        tape.Backward(loss);

        Console.WriteLine($"loss {loss.Values[0]:F3}");
        for (int layer = 0; layer < settings.Depth; layer++)
        {
            Tensor stream = tape[$"blocks.{layer}.resid_post"]; // (batch, length, width)
            double square = 0;
            foreach (float g in stream.Gradient)
            {
                square += (double)g * g;
            }

            Console.WriteLine($"layer {layer,2}: a gradient of norm {Math.Sqrt(square):E2} arrives");
        }

        // </example>
        return Console.ToString();
    }
}
