namespace Fukami.Tensors;

/// <summary>Work that all threads of a team walk through together, step by step.</summary>
internal interface IProgram
{
    /// <summary>Number of steps.</summary>
    int Steps { get; }

    /// <summary>Whether all threads must have finished the steps before this one when it begins.</summary>
    bool MustWait(int step);

    /// <summary>One thread's share of a step.</summary>
    void Run(int step, Worker worker);
}
