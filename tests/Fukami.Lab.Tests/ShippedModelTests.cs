using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class ShippedModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("small-world-decoder", 0.01)]
    [InlineData("small-world-encoder", 0.14)]
    public void A_shipped_model_is_as_far_above_the_least_loss_as_its_page_says_and_not_below_it(string name, double above)
    {
        Transformer model = ShippedModels.Open(name).Model;
        var source = new SmallWorldSource(model.Settings.Kind, model.Settings.Length, seed: 1);
        var tape = new Tape();
        TokenBatch batch = source.CreateBatch(examples: source.ValidationExamples);
        source.FillValidation(batch, 0);
        tape.Begin();
        double loss = model.Loss(tape, batch).Values[0];
        output.WriteLine($"{name}: {loss:F4} where {source.LeastLoss:F4} is possible");
        Assert.InRange(loss, source.LeastLoss!.Value, source.LeastLoss!.Value + above);
    }
}
