namespace Fukami.Tensors;

/// <summary>y = x·W + b, or y = x·Eᵀ for a table E.</summary>
internal sealed unsafe class LinearProduct : Operation
{
    /// <summary>Weights beyond this number are dealt to threads by columns, so that each reads its own part of them only.</summary>
    private const long WeightsThatAreShared = 1 << 18;

    public Cell Input = null!;
    public Cell Weight = null!;
    public Cell? Bias;
    public bool IsTransposed;
    private GradientTarget inputGradient;
    private GradientTarget weightGradient;
    private GradientTarget biasGradient;
    private bool weightGradientPastCaches;

    /// <summary>How rows and columns of an output or gradient are dealt to threads.</summary>
    public static Division DivisionOf(int rows, int columns, long weights, int threads) =>
        weights > WeightsThatAreShared || rows < 8 * threads ? Division.OfColumns(columns, Panels.Columns) : Division.OfRows(rows);

    /// <summary>Weights in rows as (in, out), whichever way they lie.</summary>
    private Matrix Weights => IsTransposed ? new Matrix(Weight.Value, Weight.Stride).Transposed : new Matrix(Weight.Value, Weight.Stride);

    public Division ForwardDivision { get; set; }

    private Division BackwardDivision { get; set; }

    public override void LookAhead(int step, bool isBackward, Worker worker)
    {
        if (step == 0)
        {
            worker.Later.Note(Weight.Value, (long)Weight.Rows * Weight.Columns);
        }
        else if (Input.IsContiguous)
        {
            worker.Later.Note(Input.Value, (long)Input.Rows * Input.Columns);
        }
    }

    public override void Forward(int step, Worker worker)
    {
        var bias = Bias is null ? default : new Matrix(Bias.Value, 0);
        var (first, end) = ForwardDivision.Part(worker);
        if (ForwardDivision.ByColumn)
        {
            Multiply(0, Input.Rows, first, end, bias, worker);
        }
        else
        {
            Prefetching.AskForAll(Input.Row(first), Input.Stride, end - first, Input.Columns);
            Multiply(first, end - first, 0, Output.Columns, bias, worker);
        }
    }

    /// <summary>Some rows of y, and of them the columns [first, end); of weights in panels whole panels.</summary>
    private void Multiply(int firstRow, int rows, int first, int end, Matrix bias, Worker worker)
    {
        var x = new Matrix(Input.Row(firstRow), Input.Stride);
        float* y = Output.Row(firstRow);
        if (Weight.Storage!.Order is NumberOrder.Rows)
        {
            MatrixProduct.Run(rows, end - first, Input.Columns, x, Weights.From(0, first), From(bias, 0, first), y + first, Output.Stride, worker);
            return;
        }

        for (int column = first; column < end; column += Panels.Columns)
        {
            var panel = Panels.At(Weight.Value, Input.Columns, Output.Columns, column);
            MatrixProduct.Run(rows, Panels.WidthAt(column, end), Input.Columns, x, panel, From(bias, 0, column), y + column, Output.Stride, worker);
        }
    }

    public override void PlanBackward(Tape tape)
    {
        if (Weight.Storage!.Order is not NumberOrder.Rows)
        {
            throw new InvalidOperationException($"{Weight.Storage.Name} lies in panels, for passes without gradients; no gradient passes through it.");
        }

        var schedule = tape.Schedule;
        if (Input.NeedsGradient)
        {
            BackwardDivision = DivisionOf(Input.Rows, Input.Columns, (long)Input.Columns * Output.Columns, tape.Team.Threads);
            if (BackwardDivision.ByColumn)
            {
                schedule.ReadsAll(Output.GradientWritten);
            }
            else
            {
                schedule.ReadsPart(Output.GradientWritten, BackwardDivision);
            }

            inputGradient = tape.Claim(Input, BackwardDivision);
            Input.GradientWritten = schedule.Add(this, 0, isBackward: true, BackwardDivision);
        }

        weightGradient = tape.Claim(Weight, default);
        biasGradient = tape.Claim(Bias, default);
        if (weightGradient.IsWanted || biasGradient.IsWanted)
        {
            weightGradientPastCaches = weightGradient.From == null && tape.ParametersExceedCaches;
            schedule.ReadsAll(Output.GradientWritten);
            schedule.ReadsAll(Input.ValueWritten);
            schedule.AddWhenever(this, 1, Division.OfRows(Weight.Rows), Weight, Bias);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        if (step == 0)
        {
            InputBackward(worker);
        }
        else
        {
            WeightBackward(worker);
        }
    }

    /// <summary>dx = dy·Wᵀ.</summary>
    private void InputBackward(Worker worker)
    {
        var (first, end) = BackwardDivision.Part(worker);
        var slope = new Matrix(Output.Gradient, Output.Stride);
        var add = new Matrix(inputGradient.From, Input.Stride);
        if (BackwardDivision.ByColumn)
        {
            MatrixProduct.Run(Input.Rows, end - first, Output.Columns, slope, Weights.Transposed.From(0, first), From(add, 0, first), inputGradient.To + first, Input.Stride, worker);
        }
        else
        {
            Prefetching.AskForAll(Output.GradientRow(first), Output.Stride, end - first, Output.Columns);
            MatrixProduct.Run(end - first, Input.Columns, Output.Columns, slope.From(first, 0), Weights.Transposed, From(add, first, 0), inputGradient.To + (first * Input.Stride), Input.Stride, worker);
        }
    }

    /// <summary>dW = xᵀ·dy (dE = dyᵀ·x) and db = the sum of dy over all rows.</summary>
    private void WeightBackward(Worker worker)
    {
        Prefetching.AskForAll(Output.Gradient, Output.Stride, Output.Rows, Output.Columns);
        if (weightGradient.IsWanted)
        {
            var (first, end) = Division.OfRows(Weight.Rows).Part(worker);
            var x = new Matrix(Input.Value, Input.Stride);
            var slope = new Matrix(Output.Gradient, Output.Stride);
            var (left, right) = IsTransposed ? (slope, x) : (x, slope);
            var add = new Matrix(weightGradient.From, Weight.Stride);
            MatrixProduct.Run(end - first, Weight.Columns, Input.Rows, left.Transposed.From(first, 0), right, From(add, first, 0), weightGradient.To + (first * Weight.Stride), Weight.Stride, worker, weightGradientPastCaches);
        }

        if (biasGradient.IsWanted)
        {
            var (first, end) = Division.OfColumns(Output.Columns).Part(worker);
            Widest.ForEach(new ColumnSums(Output.Gradient + first, Output.Stride, Output.Rows, end - first, biasGradient.From == null ? null : biasGradient.From + first, biasGradient.To + first));
        }
    }

    private static Matrix From(Matrix matrix, nint i, nint j) => matrix.IsNull ? matrix : matrix.From(i, j);
}
