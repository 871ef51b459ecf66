namespace Fukami.Transformers.Tests;

public sealed class DecoderParityTests
{
    public static TheoryData<string, string> Combinations => Sweep.ResidualsAndNorms;

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_decoder_of_every_activation_and_positions_agrees_with_PyTorch(string residual, string norm)
    {
        var comparison = new Comparison();
        foreach (string activation in Sweep.Activations)
        {
            foreach (string positions in Sweep.Positions)
            {
                new ParityCase(Fixture.Decoders, $"{residual}/{Sweep.Stored(residual, norm)}/{activation}/{positions}").Compare(comparison, norm);
            }
        }

        comparison.AssertNone();
    }
}
