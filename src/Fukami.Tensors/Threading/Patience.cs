namespace Fukami.Tensors;

/// <summary>How a thread waits for another one within a pass: it spins for some microseconds, then gives the processor away again and again.</summary>
internal struct Patience
{
    private const int SpinsBeforeYield = 2000;
    private const int YieldsBeforeSleep = 200;

    private int waits;

    /// <summary>Waits a moment, longer the more often it is called.</summary>
    public void Wait()
    {
        if (waits < SpinsBeforeYield)
        {
            Thread.SpinWait(1);
        }
        else if (waits < SpinsBeforeYield + YieldsBeforeSleep)
        {
            Thread.Yield();
        }
        else
        {
            Thread.Sleep(0);
            return;
        }

        waits++;
    }
}
