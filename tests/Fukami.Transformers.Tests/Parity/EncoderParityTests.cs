namespace Fukami.Transformers.Tests;

public sealed class EncoderParityTests
{
    public static TheoryData<string, string> Combinations => Sweep.ResidualsAndNorms;

    [Theory]
    [MemberData(nameof(Combinations))]
    public void An_encoder_with_padding_agrees_with_PyTorch(string residual, string norm)
    {
        var comparison = new Comparison();
        string[] paddings = norm is "batch" or "power" && Sweep.Stored(residual, norm) == norm ? ["respect", "ignore"] : ["respect"];
        foreach (string positions in Sweep.Positions)
        {
            foreach (string padding in paddings)
            {
                new ParityCase(Fixture.Encoders, $"{residual}/{Sweep.Stored(residual, norm)}/{positions}/{padding}").Compare(comparison, norm);
            }
        }

        comparison.AssertNone();
    }
}
