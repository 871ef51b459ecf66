using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>Backward passes that take the gradients of some parameters alone.</summary>
public sealed class ChosenGradientTests
{
    [Fact]
    public void A_parameters_gradient_has_the_same_bits_alone_as_among_all() => Gen.Select(Sample.AnySettings, Gen.Int[0, int.MaxValue]).Sample(
        (settings, draw) =>
        {
            Transformer model = Sample.Model(settings), other = Sample.Model(settings);
            int chosen = draw % model.Parameters.Count;
            TokenBatch batch = Sample.Batch(model, 2, 5);
            Pass(new Tape(), model, batch);
            Pass(new Tape { GradientsOf = new HashSet<Parameter> { other.Parameters[chosen] } }, other, batch);
            for (int i = 0; i < model.Parameters.Count; i++)
            {
                Bits.Same(i == chosen ? model.Parameters[i].Gradient : new float[model.Parameters[i].Gradient.Length], other.Parameters[i].Gradient);
            }
        },
        threads: 1);

    private static void Pass(Tape tape, Transformer model, TokenBatch batch)
    {
        tape.Begin(training: true);
        tape.Backward(model.Loss(tape, batch));
    }
}
