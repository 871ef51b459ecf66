namespace Fukami.Lab;

/// <summary>One measured line: y over x, each point with its 95 % interval over seeds. All four lists are of one length.</summary>
public sealed record Series
{
    /// <summary>What was measured, for example <c>post</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the y are what a formula predicts for the series of the same name, and not a measurement.</summary>
    public bool IsPrediction { get; init; }

    /// <summary>What the y are.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What the x are.</summary>
    public required Quantity XQuantity { get; init; }

    /// <summary>Where.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The estimates.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The intervals' lower ends.</summary>
    public required IReadOnlyList<double> Low { get; init; }

    /// <summary>The intervals' upper ends.</summary>
    public required IReadOnlyList<double> High { get; init; }

    /// <summary>What a formula predicts for the measured series of the same name and quantity: drawn beside it as a thin line.</summary>
    public static Series Predicted(string name, Quantity quantity, Quantity xQuantity, IReadOnlyList<double> x, IReadOnlyList<double> y) => new()
    {
        Name = name,
        IsPrediction = true,
        Quantity = quantity,
        XQuantity = xQuantity,
        X = x,
        Y = y,
        Low = y,
        High = y,
    };

    /// <summary>A series of intervals.</summary>
    public static Series Of(string name, Quantity quantity, Quantity xQuantity, IReadOnlyList<double> x, IReadOnlyList<Interval> y) => new()
    {
        Name = name,
        Quantity = quantity,
        XQuantity = xQuantity,
        X = x,
        Y = [.. y.Select(i => i.Estimate)],
        Low = [.. y.Select(i => i.Low)],
        High = [.. y.Select(i => i.High)],
    };
}
