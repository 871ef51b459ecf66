namespace Fukami.Lab;

/// <summary>What is said beside a time or a speed.</summary>
public static class MachineDependence
{
    /// <summary>The remark.</summary>
    public static LocalizedText Sentence { get; } = new("Depends on the machine; not in the fingerprint.", "マシンに依存するため、フィンガープリントには含まれません。");
}
