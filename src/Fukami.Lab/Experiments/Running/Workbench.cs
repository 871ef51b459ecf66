using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What a thread of an experiment works with, run after run: a team, and memory for tapes and nets.</summary>
/// <param name="Team">The threads of its passes.</param>
internal sealed record Workbench(ThreadTeam Team)
{
    /// <summary>Whether the passes have one thread, beside others, or all.</summary>
    public bool IsForOne => Team != ThreadTeam.Shared;

    /// <summary>The memory of the tape, and of nets that the trials measure one after the other.</summary>
    public Workspace Space { get; } = new();
}
