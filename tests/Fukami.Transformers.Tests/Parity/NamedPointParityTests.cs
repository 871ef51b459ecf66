namespace Fukami.Transformers.Tests;

public sealed class NamedPointParityTests
{
    public static TheoryData<string> Cases => [.. Fixture.WholeModels.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_of_every_named_point_agree_with_PyTorch(string name)
    {
        var comparison = new Comparison();
        new ParityCase(Fixture.WholeModels, name).Compare(comparison);
        comparison.AssertNone();
    }
}
