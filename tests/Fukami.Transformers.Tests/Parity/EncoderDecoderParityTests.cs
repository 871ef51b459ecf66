namespace Fukami.Transformers.Tests;

public sealed class EncoderDecoderParityTests
{
    public static TheoryData<string, string> Combinations => Sweep.ResidualsAndNorms;

    [Theory]
    [MemberData(nameof(Combinations))]
    public void An_encoder_decoder_with_padding_on_both_sides_agrees_with_PyTorch(string residual, string norm)
    {
        var comparison = new Comparison();
        foreach (string positions in Sweep.Positions)
        {
            new ParityCase(Fixture.EncoderDecoders, $"{residual}/{Sweep.Stored(residual, norm)}/{positions}").Compare(comparison, norm);
        }

        comparison.AssertNone();
    }
}
