using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Fukami.Cli;

/// <summary>An option that takes a whole number within bounds, and says them when it gets another.</summary>
internal sealed class BoundedOption : Option<int?>
{
    public BoundedOption(string name, int lowest, int highest)
        : base(name)
    {
        (Lowest, Highest) = (lowest, highest);
        Validators.Add(result =>
        {
            if (Number(result) is { } given && (given < Lowest || given > Highest))
            {
                result.AddError("out of bounds");
            }
        });
    }

    /// <summary>The least that it takes.</summary>
    public int Lowest { get; }

    /// <summary>The most that it takes.</summary>
    public int Highest { get; }

    /// <summary>The whole number that was given; none if something else was.</summary>
    public static int? Number(OptionResult result) =>
        result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out int given) ? given : null;
}
