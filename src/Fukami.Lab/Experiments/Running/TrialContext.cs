using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What a trial has while it runs.</summary>
/// <param name="tape">The thread's tape.</param>
/// <param name="space">The thread's memory for one net after the other.</param>
/// <param name="tell">Takes the share of the trial that is done, and a first figure.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class TrialContext(Tape tape, Workspace space, Action<double, LocalizedText> tell, CancellationToken cancellation)
{
    /// <summary>The thread's tape; each trial begins its own passes.</summary>
    public Tape Tape => tape;

    /// <summary>The thread's memory for one net after the other: a trial's net may lie there and is gone with the trial.</summary>
    public Workspace Space => space;

    /// <summary>Asks to stop in the middle: long trials look at it between two steps.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Says how far a long trial has come, with a first figure. Cheap enough to be called after every training step.</summary>
    /// <param name="share">Of the trial, 0 to 1.</param>
    /// <param name="found">The figure so far, in a line.</param>
    public void Tell(double share, LocalizedText found) => tell(share, found);
}
