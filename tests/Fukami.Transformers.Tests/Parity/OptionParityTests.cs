namespace Fukami.Transformers.Tests;

public sealed class OptionParityTests
{
    public static TheoryData<string> Cases => [.. Fixture.Options.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_with_an_option_agrees_with_PyTorch(string name)
    {
        var comparison = new Comparison();
        new ParityCase(Fixture.Options, name).Compare(comparison);
        comparison.AssertNone();
    }
}
