using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>Models that lie where others did.</summary>
public sealed class WorkspaceTests
{
    [Fact]
    public void A_model_in_the_place_of_another_has_the_bits_of_one_by_itself()
    {
        var workspace = new Workspace();
        Sample.AnySettings.Sample(
            settings =>
            {
                workspace.TakeStoragesBack();
                (Tape own, Tape shared) = (new Tape(), new Tape(workspace: workspace));
                Transformer alone = Transformer.Blank(settings), model = Transformer.Blank(settings, workspace);
                Assert.Equal(Small.Bits(alone), Small.Bits(model));
                alone.Initialize(new RandomSource(1));
                model.Initialize(new RandomSource(1));
                TokenBatch batch = Sample.Batch(model, 2, 5);
                Pass(own, alone, batch);
                Pass(shared, model, batch);
                Bits.Same(own.Points[^1].Tensor.Values, shared.Points[^1].Tensor.Values);
                foreach ((Parameter expected, Parameter actual) in alone.Parameters.Zip(model.Parameters))
                {
                    Bits.Same(expected.Gradient, actual.Gradient);
                }
            },
            iter: 60,
            threads: 1);
    }

    private static void Pass(Tape tape, Transformer model, TokenBatch batch)
    {
        tape.Begin(training: true);
        Tensor logits = model.Forward(tape, batch);
        var ones = new float[logits.Shape.Count];
        Array.Fill(ones, 1f);
        tape.Backward(logits, ones);
    }
}
