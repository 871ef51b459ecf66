namespace Fukami.Lab;

/// <summary>One independent piece of an experiment's work: it knows no other, so its result does not depend on when and where it runs.</summary>
/// <typeparam name="T">What it finds.</typeparam>
/// <param name="Operations">Roughly how many floating-point operations it takes.</param>
/// <param name="Bytes">Roughly how many bytes of memory it holds.</param>
/// <param name="Measure">The work.</param>
/// <param name="Say">The finding in a line, for the progress.</param>
internal sealed record Trial<T>(double Operations, double Bytes, Func<TrialContext, T> Measure, Func<T, LocalizedText> Say)
    where T : class
{
    /// <summary>
    /// All that determines the finding, as a value that compares part by part: trials of equal keys find the same, to the bit. None where the finding depends on more,
    /// for example on the clock; an <see cref="ExperimentMemory"/> then does not keep it.
    /// </summary>
    public object? Key { get; init; }
}
