namespace Fukami.Tensors;

/// <summary>
/// Work in turns within one step: the threads of a team hand pieces on to each other, and each tells how many of its own it has finished.
/// Every thread of the team takes part in every such step of a pass, so all count alike.
/// </summary>
internal sealed class Turns(int threads)
{
    private readonly PaddedInt[] finished = new PaddedInt[threads];
    private volatile bool isOver;

    /// <summary>Before a pass, when no thread works: nothing is finished.</summary>
    public void Reset()
    {
        Array.Clear(finished);
        isOver = false;
    }

    /// <summary>A thread has failed and will finish no more pieces: nobody waits from now on. What they make is of no use; the pass fails.</summary>
    public void GiveUp() => isOver = true;

    /// <summary>What this thread wrote until now is there for whoever waits for this count.</summary>
    public void Finish(int thread, int count) => Volatile.Write(ref finished[thread].Value, count);

    /// <summary>Waits until the thread has finished as many pieces.</summary>
    public void Await(int thread, int count)
    {
        var patience = default(Patience);
        while (Volatile.Read(ref finished[thread].Value) < count && !isOver)
        {
            patience.Wait();
        }
    }
}
