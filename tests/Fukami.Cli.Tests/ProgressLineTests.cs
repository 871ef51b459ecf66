using Fukami.Lab;

namespace Fukami.Cli.Tests;

public sealed class ProgressLineTests
{
    [Fact]
    public void Before_anything_is_done_no_time_is_promised_not_even_a_known_one()
    {
        using var told = new StringWriter();
        var terminal = new Terminal { Out = told, Error = told, OpenOut = () => Stream.Null, Language = Language.English };
        using (var line = new ProgressLine(terminal, TimeSpan.Zero))
        {
            line.Show(0, "step 0", TimeSpan.FromHours(1));
        }

        Assert.Equal("  0 % step 0", told.ToString().TrimEnd());
    }
}
