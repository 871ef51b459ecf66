namespace Fukami.Cli;

/// <summary>Where a learner wants to go from a step.</summary>
internal enum StepMove
{
    /// <summary>On.</summary>
    Next,

    /// <summary>Back.</summary>
    Back,
}
