namespace Fukami.Tensors;

/// <summary>Changes parameters by their gradients.</summary>
public abstract unsafe class Optimizer
{
    /// <summary>Parameters are dealt to threads in pieces of this many numbers, and sums are taken over pieces.</summary>
    private const int PieceLength = 1 << 14;

    private readonly Parameter[] parameters;
    private readonly ThreadTeam team;
    private readonly (int Parameter, int First, int Count)[] pieces;
    private readonly double[] sums;
    private readonly NormProgram norm;
    private readonly StepProgram step;

    private protected Optimizer(IReadOnlyList<Parameter> parameters, ThreadTeam? team)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = [.. parameters];
        this.team = team ?? ThreadTeam.Shared;
        var list = new List<(int, int, int)>();
        for (int p = 0; p < parameters.Count; p++)
        {
            int count = (int)parameters[p].Shape.Count;
            for (int first = 0; first < count; first += PieceLength)
            {
                list.Add((p, first, Math.Min(PieceLength, count - first)));
            }
        }

        pieces = [.. list];
        sums = new double[pieces.Length];
        norm = new NormProgram(this);
        step = new StepProgram(this);
    }

    /// <summary>The parameters that it changes.</summary>
    public IReadOnlyList<Parameter> Parameters => parameters;

    /// <summary>What it remembers between steps, by name (<c>adamw.first.blocks.0…</c>), for a checkpoint.</summary>
    public abstract IReadOnlyList<Storage> State { get; }

    /// <summary>Steps taken so far; set when a checkpoint is restored.</summary>
    public long Steps { get; set; }

    /// <summary>The Euclidean norm of all gradients together, the same bits for any number of threads.</summary>
    public double GradientNorm()
    {
        team.Run(norm);
        double sum = 0;
        foreach (double part in sums)
        {
            sum += part;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>One step, then all gradients are cleared.</summary>
    /// <param name="learningRate">The rate of this step.</param>
    /// <param name="gradientScale">Every gradient is multiplied by this first: clipping, or the mean of accumulated batches.</param>
    public void Step(float learningRate, float gradientScale = 1)
    {
        Steps++;
        Begin(learningRate, gradientScale);
        team.Run(step);
        foreach (var parameter in parameters)
        {
            parameter.ClearGradient();
        }
    }

    /// <summary>What is the same for all parameters of a step.</summary>
    private protected abstract void Begin(float learningRate, float gradientScale);

    /// <summary>One step of some neighbouring numbers of a parameter.</summary>
    private protected abstract void StepPiece(int parameter, int first, int count);

    private sealed class NormProgram(Optimizer optimizer) : IProgram
    {
        public int Steps => 1;

        public bool MustWait(int step) => false;

        public void Run(int step, Worker worker)
        {
            var (first, end) = worker.Share(optimizer.pieces.Length);
            float dot;
            for (int i = first; i < end; i++)
            {
                var (index, start, count) = optimizer.pieces[i];
                var parameter = optimizer.parameters[index];
                optimizer.sums[i] = 0;
                if (parameter.HasGradient)
                {
                    float* gradient = parameter.GradientPointer + start;
                    Widest.Run(new RowDots(gradient, 0, gradient, 0, 1, count, &dot));
                    optimizer.sums[i] = dot;
                }
            }
        }
    }

    private sealed class StepProgram(Optimizer optimizer) : IProgram
    {
        public int Steps => 1;

        public bool MustWait(int step) => false;

        public void Run(int step, Worker worker)
        {
            var (first, end) = worker.Share(optimizer.pieces.Length);
            for (int i = first; i < end; i++)
            {
                var (index, start, count) = optimizer.pieces[i];
                if (optimizer.parameters[index].HasGradient)
                {
                    optimizer.StepPiece(index, start, count);
                }
            }
        }
    }
}
