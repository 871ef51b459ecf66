namespace Fukami.Tensors;

/// <summary>
/// Records a pass (forward, then backward) and runs it on a team of threads. One tape serves any number of passes:
/// <see cref="Begin(bool, RandomSource)"/> starts the next, and memory and records of the last are used again, so that from the second pass
/// of the same shape on no managed memory is allocated. Not thread-safe.
/// </summary>
public sealed unsafe partial class Tape
{
    /// <summary>Parameters (32 MB) and as many gradients: about the largest last cache that a few cores share.</summary>
    private const long MostCachedParameters = 8 << 20;

    private static readonly float[] One = [1f];

    private readonly Arena arena;
    private readonly Workspace? workspace;
    private readonly long number;
    private readonly Schedule schedule = new();
    private readonly List<Operation> operations = [];
    private readonly List<(Point Point, Tensor Tensor)> points = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal); // of the first points, as far as somebody has looked for one
    private readonly Dictionary<string, Func<Tensor, Tensor>> replacements = new(StringComparer.Ordinal);
    private readonly HashSet<string> replacing = new(StringComparer.Ordinal);
    private readonly List<RotaryTable> rotaryTables = [];
    private Cell[] cells = [];
    private int cellCount;
    private int placed;
    private Pool[] pools = [];
    private int pass;
    private bool begun;
    private long parameterFloats;

    /// <summary>A tape on a team of threads.</summary>
    /// <param name="team">The team; the shared one unless given.</param>
    /// <param name="workspace">Whose memory its passes take, from the tape that worked there before; its own unless given.</param>
    public Tape(ThreadTeam? team = null, Workspace? workspace = null)
    {
        (Team, this.workspace, arena) = (team ?? ThreadTeam.Shared, workspace, workspace?.Passes ?? new Arena());
        number = workspace?.NextTape() ?? 0;
    }

    /// <summary>The threads that run the passes.</summary>
    public ThreadTeam Team { get; }

    /// <summary>Whether this pass trains: dropout drops, and batch statistics come from the batch.</summary>
    public bool Training { get; private set; }

    /// <summary>The randomness of this pass (dropout).</summary>
    public RandomSource Random { get; private set; }

    /// <summary>
    /// The parameters whose gradients backward passes take; all unless given. A pass that looks at some alone, or at none, takes no time and no memory for the others
    /// and leaves their gradients of a training as they are. Those that it takes, and tensors' gradients, have the same bits. It holds for what is recorded from
    /// then on.
    /// </summary>
    public IReadOnlySet<Parameter>? GradientsOf { get; set; }

    /// <summary>The points that this pass has met, in order, each with the tensor that went on from there.</summary>
    public IReadOnlyList<(Point Point, Tensor Tensor)> Points => points;

    /// <summary>Bytes of native memory that passes on this tape have taken so far.</summary>
    public long MemoryBytes => (arena.Capacity + kept.Capacity + carried[0].Capacity + carried[1].Capacity) * sizeof(float);

    /// <summary>Bytes that this pass holds so far: values, what operations keep for the backward pass, and gradients after it. Parameters are not among them.</summary>
    public long PassBytes => (arena.Taken + kept.Taken + carried[0].Taken + carried[1].Taken) * sizeof(float);

    /// <summary>Measures where the time of the passes to come goes; none unless given.</summary>
    public PassProfile? Profile
    {
        get => schedule.Profile;
        set => schedule.Profile = value;
    }

    internal Schedule Schedule => schedule;

    /// <summary>Whether this pass uses more parameters than any cache holds, so that what is done with one is forgotten before the next use.</summary>
    internal bool ParametersExceedCaches => parameterFloats > MostCachedParameters;

    /// <summary>The tensor at a named point of this pass.</summary>
    /// <exception cref="KeyNotFoundException">The pass met no such point, or did not keep it; the message says which there are.</exception>
    public Tensor this[string point]
    {
        get
        {
            if (TryFind(point, out var tensor))
            {
                return tensor;
            }

            throw new KeyNotFoundException(keeps && !keep.Contains(point)
                ? $"This pass keeps {keep.Count} points, and {point} is not among them. Name it when the pass begins."
                : points.Count == 0
                ? $"This pass met no point {point}: nothing has been recorded yet."
                : $"This pass met no point {point}. It met {points.Count}, from {points[0].Point} to {points[^1].Point}.");
        }
    }

    /// <summary>Begins a pass. All tensors of the last one become invalid.</summary>
    public void Begin(bool training = false, RandomSource random = default)
    {
        CheckWorkspace();
        (Training, Random) = (training, random);
        keeps = false;
        pass++;
        parameterFloats = 0;
        begun = true;
        arena.Reset();
        kept.Reset();
        carried[0].Reset();
        carried[1].Reset();
        schedule.Clear();
        operations.Clear();
        points.Clear();
        places.Clear();
        placed = 0;
        cellCount = 0;
        unrecorded.Reset();
        foreach (var pool in pools)
        {
            pool?.Reset();
        }
    }

    /// <summary>A tensor of given values. They are copied. It has a gradient like any other.</summary>
    public Tensor Input(ReadOnlySpan<float> values, Shape shape)
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"{values.Length} values were given for a tensor of shape {shape}, which holds {shape.Count}.", nameof(values));
        }

        var tensor = NewCell(shape, out var cell);
        values.CopyTo(new Span<float>(cell.Value, values.Length));
        return tensor;
    }

    /// <summary>Zeros.</summary>
    public Tensor Zeros(Shape shape)
    {
        var tensor = NewCell(shape, out var cell);
        new Span<float>(cell.Value, checked((int)shape.Count)).Clear();
        return tensor;
    }

    /// <summary>The parameter (or other storage) itself as a tensor of this pass; a parameter's gradient adds up in the parameter.</summary>
    public Tensor Of(Storage storage)
    {
        CellOf(storage);
        return new Tensor(this, cellCount - 1, pass);
    }

    /// <summary>
    /// Rows of a table, one for each id: (batch, length) ids give (batch, length, width). The ids are copied.
    /// </summary>
    /// <param name="table">(vocabulary, width). A parameter gets the gradient; a plain storage has none.</param>
    /// <param name="ids">batch × length ids, each within the vocabulary.</param>
    /// <param name="batch">Sentences.</param>
    /// <param name="length">Positions of a sentence.</param>
    public Tensor Lookup(Storage table, ReadOnlySpan<int> ids, int batch, int length)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Shape.Rank != 2)
        {
            throw new ArgumentException($"{table.Name} has shape {table.Shape}; a table has shape (vocabulary, width).", nameof(table));
        }

        if (ids.Length != (long)batch * length)
        {
            throw new ArgumentException($"{ids.Length} ids were given for {batch} sentences of {length} positions.", nameof(ids));
        }

        foreach (int id in ids)
        {
            if ((uint)id >= (uint)table.Shape[0])
            {
                throw new ArgumentOutOfRangeException(nameof(ids), $"Id {id} is not in {table.Name}, which has rows 0 to {table.Shape[0] - 1}.");
            }
        }

        var operation = Record<TableLookup>();
        operation.Table = CellOf(table, NumberOrder.PanelsOfTranspose);
        operation.Ids = Take(ids);
        var rows = NewCell(new Shape(batch, length, table.Shape[1]), out operation.Output);
        operation.Output.NeedsGradient = table is Parameter;
        operation.Output.ValueWritten = schedule.Add(operation, 0, isBackward: false, operation.Output.Division);
        return rows;
    }

    /// <summary>Runs all that is recorded and not yet run. Reading a value does this too.</summary>
    public void Run()
    {
        if (schedule.Steps > 0)
        {
            schedule.Finish();
            schedule.Profile?.BeginPass();
            try
            {
                Team.Run(schedule);
            }
            finally
            {
                schedule.Clear();
                GC.KeepAlive(this);
            }
        }
    }

    /// <summary>The gradient of one number with respect to every tensor and parameter that it depends on.</summary>
    public void Backward(Tensor loss)
    {
        if (loss.Shape.Count != 1)
        {
            throw new ArgumentException($"A gradient is that of one number; the tensor given has shape {loss.Shape}. Give the gradient of each of its numbers too.", nameof(loss));
        }

        Backward(loss, One);
    }

    /// <summary>
    /// As <see cref="Backward(Tensor)"/>, from a given gradient of <paramref name="output"/>, of its shape.
    /// Tensors' gradients of an earlier backward pass are forgotten; parameters' gradients add up.
    /// </summary>
    /// <param name="output">What the gradient begins at.</param>
    /// <param name="gradient">Its gradient, row by row.</param>
    /// <param name="constants">Tensors that count as constants: each gets its gradient, and none goes on through it to what it was made of. (stop-gradient)</param>
    public void Backward(Tensor output, ReadOnlySpan<float> gradient, params ReadOnlySpan<Tensor> constants)
    {
        if (keeps)
        {
            throw new InvalidOperationException("This pass keeps only the points that it was begun with, and gradients need all values: begin the pass without naming points.");
        }

        var last = Cell(output);
        if (gradient.Length != last.Shape.Count)
        {
            throw new ArgumentException($"{gradient.Length} gradients were given for a tensor of shape {last.Shape}, which holds {last.Shape.Count} numbers.", nameof(gradient));
        }

        Run();
        if (!last.NeedsGradient)
        {
            return;
        }

        ForgetGradients();
        foreach (var constant in constants)
        {
            Cell(constant).IsConstant = true;
        }

        var seed = Claim(last, default);
        for (int row = 0; row < last.Rows; row++)
        {
            gradient.Slice(row * last.Columns, last.Columns).CopyTo(new Span<float>(seed.To + (row * last.Stride), last.Columns));
        }

        for (int i = operations.Count - 1; i >= 0; i--)
        {
            if (operations[i].IsReached && !operations[i].Output.IsConstant)
            {
                CompleteParts(operations[i].Output);
                operations[i].PlanBackward(this);
            }
        }

        Run();
    }

    /// <summary>
    /// From now on, whatever arrives at the named point is replaced by what the function makes of it (zeros, another prompt's value,
    /// a multiple of itself). Gradients flow through what the function records.
    /// </summary>
    public void Replace(string point, Func<Tensor, Tensor> replacement) => replacements[point] = replacement;

    /// <summary>As <see cref="Replace"/>, of what a replacement that is already there makes of it.</summary>
    public void ReplaceFurther(string point, Func<Tensor, Tensor> replacement) =>
        replacements[point] = replacements.TryGetValue(point, out var first) ? tensor => replacement(first(tensor)) : replacement;

    /// <summary>The replacements that are asked for now, by point.</summary>
    public IReadOnlyDictionary<string, Func<Tensor, Tensor>> Replacements => new Dictionary<string, Func<Tensor, Tensor>>(replacements, StringComparer.Ordinal);

    /// <summary>Takes every replacement back.</summary>
    public void ClearReplacements() => replacements.Clear();

    /// <summary>The tensor at a named point of this pass, if it met the point and kept it; the first one where it met several of the name.</summary>
    public bool TryFind(string point, out Tensor tensor)
    {
        for (; placed < points.Count; placed++)
        {
            places.TryAdd(points[placed].Point.Name, placed);
        }

        bool met = places.TryGetValue(point, out int place);
        tensor = met ? points[place].Tensor : default;
        return met;
    }

    internal Tensor Mark(Point point, Tensor tensor)
    {
        if (replacements.Count > 0 && replacements.TryGetValue(point.Name, out var replacement) && replacing.Add(point.Name))
        {
            try
            {
                var replaced = replacement(tensor);
                if (replaced.Shape != tensor.Shape)
                {
                    throw new InvalidOperationException($"The replacement at {point} has shape {replaced.Shape}; what stands there has shape {tensor.Shape}.");
                }

                tensor = replaced;
            }
            finally
            {
                replacing.Remove(point.Name);
            }
        }

        points.Add((point, tensor));
        return tensor;
    }

    /// <summary>The cell behind a tensor of this pass.</summary>
    internal Cell Cell(Tensor tensor)
    {
        if (!ReferenceEquals(tensor.Owner, this))
        {
            throw new InvalidOperationException("The two tensors live on different tapes.");
        }

        if (tensor.Pass != pass)
        {
            throw new InvalidOperationException("This tensor belongs to an earlier pass, whose memory is in use again. Read what you need before the tape begins the next pass.");
        }

        CheckWorkspace();
        var cell = cells[tensor.Index];
        return cell.IsForgotten
            ? throw new InvalidOperationException("The pass has given this tensor's memory back: it keeps only the points that it was begun with. Name the point when the pass begins.")
            : cell;
    }

    /// <summary>A fresh cell with memory for its values.</summary>
    internal Tensor NewCell(Shape shape, out Cell cell) => NewCell(shape, Division.OfRows(shape.Rows), out cell);

    internal Tensor NewCell(Shape shape, Division division, out Cell cell)
    {
        cell = NextCell();
        cell.Describe(shape, shape.Columns, division);
        cell.Value = arena.Take(shape.Count);
        return new Tensor(this, cellCount - 1, pass);
    }

    /// <summary>A cell that shows columns of another: no memory of its own.</summary>
    internal Tensor NewView(Cell parent, int firstColumn, int columns, out Cell cell)
    {
        cell = NextCell();
        cell.Describe(parent.Shape.WithColumns(columns), parent.Stride, parent.Division);
        cell.SentenceStride = parent.SentenceStride;
        cell.Value = parent.Value + firstColumn;
        cell.Parent = parent;
        cell.EarlierPart = parent.LastPart;
        parent.LastPart = cell;
        cell.FirstColumn = firstColumn;
        cell.NeedsGradient = parent.NeedsGradient;
        cell.ValueWritten = parent.ValueWritten;
        return new Tensor(this, cellCount - 1, pass);
    }

    /// <summary>A cell over memory that outlives the pass, without a gradient.</summary>
    internal Tensor NewExternal(Shape shape, float* memory, nint sentenceStride, out Cell cell)
    {
        cell = NextCell();
        cell.Describe(shape, shape.Columns, Division.OfRows(shape.Rows));
        cell.SentenceStride = sentenceStride;
        cell.Value = memory;
        cell.NeedsGradient = false;
        return new Tensor(this, cellCount - 1, pass);
    }

    /// <summary>The cell of a storage in this pass.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="order">How its numbers may lie, if not in rows.</param>
    internal Cell CellOf(Storage storage, NumberOrder order = NumberOrder.Rows)
    {
        var cell = NextCell();
        cell.Describe(storage.Shape, storage.Shape.Columns, Division.OfRows(storage.Shape.Rows));
        cell.Value = storage.MemoryIn(order);
        cell.Storage = storage;
        cell.Parameter = storage as Parameter;
        parameterFloats += storage.Shape.Count;
        cell.NeedsGradient = cell.Parameter is { } parameter && GradientsOf?.Contains(parameter) != false;
        return cell;
    }

    internal Cell? CellOfOptional(Storage? storage) => storage is null ? null : CellOf(storage);

    /// <summary>Scratch memory that lives as long as the pass.</summary>
    internal float* Take(long floats) => arena.Take(floats);

    /// <summary>Whole numbers (ids, targets) that live as long as the pass.</summary>
    internal int* Take(ReadOnlySpan<int> values)
    {
        var memory = (int*)arena.Take(values.Length);
        values.CopyTo(new Span<int>(memory, values.Length));
        return memory;
    }

    /// <summary>An operation object of an earlier pass, or a new one, added to the record.</summary>
    internal T Record<T>()
        where T : Operation, new()
    {
        int kind = OperationKind<T>.Index;
        if (kind >= pools.Length)
        {
            Array.Resize(ref pools, Math.Max(kind + 1, 2 * pools.Length));
        }

        var operation = (pools[kind] ??= new Pool()).Next<T>();
        operations.Add(operation);
        return operation;
    }

    /// <summary>One number a position of a padding mask, 1 for a token.</summary>
    internal int* Take(PaddingMask mask)
    {
        var memory = (int*)arena.Take(mask.Real.Length);
        for (int i = 0; i < mask.Real.Length; i++)
        {
            memory[i] = mask.Real[i] ? 1 : 0;
        }

        return memory;
    }

    /// <summary>The output of an operation whose threads keep to their rows, and its only step.</summary>
    internal Tensor RecordRows(Operation operation, Shape shape, Cell input, Cell? other = null)
    {
        var tensor = NewCell(shape, input.Shape == shape ? input.Division : Division.OfRows(shape.Rows), out operation.Output);
        var output = operation.Output;
        output.NeedsGradient = input.NeedsGradient || other is { NeedsGradient: true } || operation is not RowOperation;
        schedule.ReadsPart(input.ValueWritten, output.Division);
        if (other is not null)
        {
            schedule.ReadsPart(other.ValueWritten, output.Division);
        }

        output.ValueWritten = schedule.Add(operation, 0, isBackward: false, output.Division);
        return tensor;
    }

    /// <summary>A source of randomness for the next operation of this pass that wants one.</summary>
    internal RandomSource NextRandom() => Random.Split((ulong)operations.Count);

    /// <summary>The table of rotary positions of these frequencies.</summary>
    internal RotaryTable RotaryTableOf(RotaryFrequencies frequencies)
    {
        foreach (var table in rotaryTables)
        {
            if (table.Frequencies.Equals(frequencies))
            {
                return table;
            }
        }

        var added = new RotaryTable(frequencies);
        rotaryTables.Add(added);
        return added;
    }

    private void CheckWorkspace()
    {
        if (workspace is not null && workspace.Tape != number)
        {
            throw new InvalidOperationException("Another tape works in this one's memory. Read what you need before that one is made.");
        }
    }

    private Cell NextCell()
    {
        if (!begun)
        {
            throw new InvalidOperationException("The tape has no pass yet. Call Begin first.");
        }

        if (cellCount == cells.Length)
        {
            Array.Resize(ref cells, Math.Max(256, 2 * cells.Length));
        }

        return cells[cellCount++] ??= new Cell();
    }

    private static class OperationKind<T>
    {
        public static readonly int Index = Interlocked.Increment(ref OperationKinds.Last);
    }

    private static class OperationKinds
    {
        public static int Last = -1;
    }

    /// <summary>Operation objects of one type.</summary>
    private sealed class Pool
    {
        private readonly List<Operation> items = [];
        private int used;

        public void Reset() => used = 0;

        public T Next<T>()
            where T : Operation, new()
        {
            if (used == items.Count)
            {
                items.Add(new T());
            }

            return (T)items[used++];
        }
    }
}
