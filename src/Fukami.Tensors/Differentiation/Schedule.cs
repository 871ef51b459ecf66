namespace Fukami.Tensors;

/// <summary>
/// The steps that are recorded and not yet run. It finds out where threads must wait for one another:
/// only where a step reads what another thread wrote since the last wait.
/// Steps that nobody in the pass waits for (the gradients of parameters) are put off to the next wait that is due anyway.
/// </summary>
internal sealed class Schedule : IProgram
{
    /// <summary>Steps beyond which nothing is fetched ahead.</summary>
    private const int FarthestAhead = 16;

    /// <summary>Steps ahead of which the record is fetched.</summary>
    private const int RecordAhead = 8;

    private Step[] steps = new Step[256];
    private PutOff[] putOff = new PutOff[64];
    private int putOffCount;
    private long interval = 1;
    private bool mustWait;

    public int Steps { get; private set; }

    /// <summary>A stopwatch for the first thread's steps, or none.</summary>
    public PassProfile? Profile { get; set; }

    public bool MustWait(int step) => steps[step].Waits;

    public void Run(int step, Worker worker)
    {
        ref readonly var s = ref steps[step];
        AskForRecord(step);
        LookAhead(step, worker);
        var profile = worker.Index == 0 ? Profile : null;
        long begin = profile?.BeginStep(s.Waits) ?? 0;
        if (s.IsBackward)
        {
            s.Operation.Backward(s.Number, worker);
        }
        else
        {
            s.Operation.Forward(s.Number, worker);
        }

        profile?.EndStep(s.Operation, s.IsBackward, s.Number, begin);
    }

    /// <summary>Asks for what is recorded of the next steps: a deep model's record does not stay in the caches either.</summary>
    private void AskForRecord(int step)
    {
        if (step + RecordAhead < Steps)
        {
            Prefetching.AskForObject(steps[step + RecordAhead].Operation);
            Prefetching.AskForObject(steps[step + RecordAhead - 2].Operation.Output);
        }
    }

    /// <summary>Notes what the next steps will read, so that this one's loops can ask for it.</summary>
    private void LookAhead(int step, Worker worker)
    {
        var later = worker.Later;
        if (step == 0)
        {
            later.Begin();
        }

        later.Reach(step);
        int end = Math.Min(step + FarthestAhead, Steps);
        while (later.Step + 1 < end && !later.HasEnough)
        {
            later.GoOn();
            ref readonly var next = ref steps[later.Step];
            next.Operation.LookAhead(next.Number, next.IsBackward, worker);
        }
    }

    public void Clear()
    {
        Steps = 0;
        putOffCount = 0;
        mustWait = false;
        interval++;
    }

    /// <summary>The next step reads this memory, each thread its own part of the division.</summary>
    public void ReadsPart(in Written memory, Division division)
    {
        if (memory.Interval == interval && memory.Division != division)
        {
            mustWait = true;
        }
    }

    /// <summary>The next step reads this memory, each thread any part of it.</summary>
    public void ReadsAll(in Written memory)
    {
        if (memory.Interval == interval)
        {
            mustWait = true;
        }
    }

    /// <summary>Adds a step, after the reads that were announced. Returns how what it writes is to be marked.</summary>
    public Written Add(Operation operation, int number, bool isBackward, Division division)
    {
        bool waits = mustWait;
        mustWait = false;
        if (waits)
        {
            interval++;
        }

        Append(new Step(operation, number, isBackward, waits));
        if (waits && putOffCount > 0)
        {
            AddPutOff();
        }

        return new Written(interval, division);
    }

    /// <summary>
    /// Adds a backward step whose result nobody reads in this pass. If it would have to wait, it is put off until somebody else must.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="number">Its step.</param>
    /// <param name="division">How the step is dealt to threads.</param>
    /// <param name="first">A parameter whose gradient it adds to.</param>
    /// <param name="second">Another one, or none.</param>
    /// <param name="third">Another one, or none.</param>
    public void AddWhenever(Operation operation, int number, Division division, Cell? first, Cell? second = null, Cell? third = null)
    {
        var step = new PutOff(operation, number, division, first, second, third);
        if (mustWait)
        {
            mustWait = false;
            if (putOffCount == putOff.Length)
            {
                Array.Resize(ref putOff, 2 * putOff.Length);
            }

            putOff[putOffCount++] = step;
            return;
        }

        AddNow(step);
    }

    /// <summary>Adds what is still put off.</summary>
    public void Finish()
    {
        if (putOffCount > 0)
        {
            mustWait = false;
            interval++;
            int first = Steps;
            AddPutOff();
            steps[first].Waits = true;
        }
    }

    private void AddPutOff()
    {
        int count = putOffCount;
        putOffCount = 0;
        for (int i = 0; i < count; i++)
        {
            AddNow(putOff[i]);
            putOff[i] = default;
        }
    }

    private void AddNow(PutOff step)
    {
        Announce(step.First, step.Division);
        Announce(step.Second, step.Division);
        Announce(step.Third, step.Division);
        bool waits = mustWait;
        mustWait = false;
        if (waits)
        {
            interval++;
        }

        Append(new Step(step.Operation, step.Number, IsBackward: true, waits));
        var written = new Written(interval, step.Division);
        step.First?.MarkGradient(written);
        step.Second?.MarkGradient(written);
        step.Third?.MarkGradient(written);
    }

    private void Announce(Cell? parameter, Division division)
    {
        if (parameter is not null)
        {
            ReadsPart(parameter.Parameter?.GradientWritten ?? parameter.GradientWritten, division);
        }
    }

    private void Append(Step step)
    {
        if (Steps == steps.Length)
        {
            Array.Resize(ref steps, 2 * steps.Length);
        }

        steps[Steps++] = step;
    }

    private record struct Step(Operation Operation, int Number, bool IsBackward, bool Waits);

    private record struct PutOff(Operation Operation, int Number, Division Division, Cell? First, Cell? Second, Cell? Third);
}
