namespace Fukami.Lab;

/// <summary>A text or a number.</summary>
public readonly record struct TableCell
{
    /// <summary>The text, or null for a number.</summary>
    public string? Text { get; private init; }

    /// <summary>The number, where there is no text.</summary>
    public double Number { get; private init; }

    /// <summary>A text.</summary>
    public static implicit operator TableCell(string text) => FromText(text);

    /// <summary>A number.</summary>
    public static implicit operator TableCell(double number) => FromNumber(number);

    /// <summary>A text.</summary>
    public static TableCell FromText(string text) => new() { Text = text };

    /// <summary>A number.</summary>
    public static TableCell FromNumber(double number) => new() { Number = number };
}
