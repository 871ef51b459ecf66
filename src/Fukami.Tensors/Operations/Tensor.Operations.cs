namespace Fukami.Tensors;

public readonly unsafe partial struct Tensor
{
    /// <summary>Sum of two tensors of the same shape.</summary>
    public static Tensor operator +(Tensor left, Tensor right)
    {
        var tape = left.Tape;
        var (a, b) = (left.Cell, tape.Cell(right));
        RequireSameShape("sum", a, b);
        var operation = tape.Record<Addition>();
        (operation.Input, operation.Other) = (a, b);
        return tape.RecordRows(operation, a.Shape, a, b);
    }

    /// <summary>Every number times a fixed factor.</summary>
    public static Tensor operator *(float factor, Tensor tensor)
    {
        var tape = tensor.Tape;
        var operation = tape.Record<Multiple>();
        (operation.Input, operation.Factor) = (tensor.Cell, factor);
        return tape.RecordRows(operation, operation.Input.Shape, operation.Input);
    }

    /// <summary>Elementwise product of two tensors of the same shape.</summary>
    public static Tensor operator *(Tensor left, Tensor right)
    {
        var tape = left.Tape;
        var (a, b) = (left.Cell, tape.Cell(right));
        RequireSameShape("product", a, b);
        var operation = tape.Record<Product>();
        (operation.Input, operation.Other) = (a, b);
        return tape.RecordRows(operation, a.Shape, a, b);
    }

    /// <summary>Every number times one learned factor (a parameter of shape (1)).</summary>
    public Tensor ScaledBy(Parameter factor)
    {
        Require(factor, new Shape(1), "A learned factor");
        var operation = Tape.Record<LearnedMultiple>();
        (operation.Input, operation.Factor) = (Cell, Tape.CellOf(factor));
        operation.Dots = Tape.Take(operation.Input.Rows);
        return Tape.RecordRows(operation, operation.Input.Shape, operation.Input);
    }

    /// <summary>x·W + b: (…, in) · (in, out) + (out).</summary>
    public Tensor Linear(Parameter weight, Parameter? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Shape.Rank != 2 || weight.Shape[0] != Shape.Columns)
        {
            throw new ArgumentException($"{weight.Name} has shape {weight.Shape}; rows of {Shape.Columns} numbers need weights of shape ({Shape.Columns}, out).", nameof(weight));
        }

        if (bias is not null)
        {
            Require(bias, new Shape(weight.Shape[1]), "A bias");
        }

        return Linear(weight, bias, isTransposed: false);
    }

    /// <summary>x·Eᵀ + b: (…, width) with a table (vocabulary, width) gives (…, vocabulary). For output weights tied to the embedding.</summary>
    /// <param name="table">E, (vocabulary, width).</param>
    /// <param name="bias">Added to every row, (vocabulary), or none.</param>
    public Tensor LinearTransposed(Parameter table, Parameter? bias = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Shape.Rank != 2 || table.Shape[1] != Shape.Columns)
        {
            throw new ArgumentException($"{table.Name} has shape {table.Shape}; rows of {Shape.Columns} numbers need a table of shape (vocabulary, {Shape.Columns}).", nameof(table));
        }

        if (bias is not null)
        {
            Require(bias, new Shape(table.Shape[0]), "A bias");
        }

        return Linear(table, bias, isTransposed: true);
    }

    /// <summary>Columns [first, first + count) as a view: no copy.</summary>
    public Tensor Columns(int first, int count)
    {
        var input = Cell;
        if (first < 0 || count < 1 || first + count > input.Columns)
        {
            throw new ArgumentOutOfRangeException(nameof(first), $"Columns {first} to {first + count - 1} were asked for of a tensor with {input.Columns}.");
        }

        var operation = Tape.Record<ColumnsView>();
        operation.Input = input;
        return Tape.NewView(input, first, count, out operation.Output);
    }

    /// <summary>
    /// Given values in some rows, between two columns; all else as it is. Gradients flow where nothing was replaced. In scores and patterns of
    /// causal attention what a query may not see stays hidden.
    /// </summary>
    /// <param name="values">As many numbers as this tensor holds, row by row; only those that are put in are looked at. They are copied.</param>
    /// <param name="rows">For each row (all axes but the last) whether it is replaced.</param>
    /// <param name="firstColumn">First of the columns that are replaced.</param>
    /// <param name="columns">How many of them.</param>
    /// <param name="keepsHidden">Whether −∞, the score of a key that may not be seen, stays −∞.</param>
    public Tensor WithPart(ReadOnlySpan<float> values, ReadOnlySpan<bool> rows, int firstColumn, int columns, bool keepsHidden = false)
    {
        var (tape, input) = (Tape, Cell);
        if (values.Length != input.Shape.Count || rows.Length != input.Rows)
        {
            throw new ArgumentException($"{values.Length} values and {rows.Length} rows were given for a tensor of shape {input.Shape}, which holds {input.Shape.Count} in {input.Rows}.", nameof(values));
        }

        if (firstColumn < 0 || columns < 0 || firstColumn > input.Columns - columns)
        {
            throw new ArgumentOutOfRangeException(nameof(firstColumn), $"Columns {firstColumn} to {firstColumn + columns - 1} were asked for of a tensor with {input.Columns}.");
        }

        var operation = tape.Record<PartReplacement>();
        operation.Input = input;
        operation.Rows = (int*)tape.Take(rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            operation.Rows[row] = rows[row] ? 1 : 0;
        }

        operation.Values = tape.Take(values.Length);
        values.CopyTo(new Span<float>(operation.Values, values.Length));
        (operation.FirstColumn, operation.EndColumn, operation.KeepsHidden) = (firstColumn, firstColumn + columns, keepsHidden);
        var replaced = tape.RecordRows(operation, input.Shape, input);
        operation.Output.Diagonal = input.Diagonal;
        return replaced;
    }

    /// <summary>Positions [first, first + count) of every sentence: (batch, length, width) gives (batch, count, width).</summary>
    public Tensor Positions(int first, int count)
    {
        var input = Cell;
        if (input.Shape.Rank != 3)
        {
            throw new ArgumentException($"Positions are taken of a tensor (batch, length, width); this one has shape {input.Shape}.");
        }

        int length = input.Shape[1];
        if (first < 0 || count < 1 || first > length - count)
        {
            throw new ArgumentOutOfRangeException(nameof(first), $"Positions {first} to {(long)first + count - 1} were asked for of sentences with {length}.");
        }

        var tape = Tape;
        var operation = tape.Record<SentencePositions>();
        (operation.Input, operation.First, operation.Count, operation.Length) = (input, first, count, length);
        var rows = tape.NewCell(new Shape(input.Shape[0], count, input.Columns), out operation.Output);
        operation.Output.NeedsGradient = input.NeedsGradient;
        tape.Schedule.ReadsAll(input.ValueWritten);
        operation.Output.ValueWritten = tape.Schedule.Add(operation, 0, isBackward: false, operation.Output.Division);
        return rows;
    }

    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => Activate<ReluFunction>();

    /// <summary>x·Φ(x) with the error function. (Hendrycks and Gimpel 2016)</summary>
    public Tensor Gelu() => Activate<GeluFunction>();

    /// <summary>GELU by its tanh approximation, as GPT-2 uses it.</summary>
    public Tensor GeluTanh() => Activate<GeluTanhFunction>();

    /// <summary>x·σ(x).</summary>
    public Tensor Silu() => Activate<SiluFunction>();

    /// <summary>σ(x) = 1/(1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Activate<SigmoidFunction>();

    /// <summary>tanh(x).</summary>
    public Tensor Tanh() => Activate<TanhFunction>();

    /// <summary>c·tanh(x/c): nearly x while |x| is small beside c, and never beyond ±c. What is −∞ (a hidden score) stays −∞. (Gemma 2)</summary>
    /// <param name="bound">c, above 0.</param>
    public Tensor Cap(float bound)
    {
        if (!(bound > 0 && float.IsFinite(bound)))
        {
            throw new ArgumentOutOfRangeException(nameof(bound), $"A cap of {bound} was given; it must be above 0 and finite.");
        }

        var operation = Tape.Record<SoftCap>();
        (operation.Input, operation.Bound) = (Cell, bound);
        var output = Tape.RecordRows(operation, operation.Input.Shape, operation.Input);
        operation.Output.Diagonal = operation.Input.Diagonal;
        return output;
    }

    /// <summary>Drops each number with probability <paramref name="rate"/> and scales the others by 1/(1−rate), in a training pass; the tensor itself otherwise.</summary>
    public Tensor Dropout(float rate)
    {
        if (rate is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), $"A dropout rate of {rate} was given; it must be at least 0 and below 1.");
        }

        if (rate == 0 || !Tape.Training)
        {
            return this;
        }

        var operation = Tape.Record<Dropped>();
        (operation.Input, operation.Rate, operation.Random) = (Cell, rate, Tape.NextRandom());
        var output = Tape.RecordRows(operation, operation.Input.Shape, operation.Input);
        operation.Output.Diagonal = operation.Input.Diagonal;
        return output;
    }

    /// <summary>√(var + ε) of each row, biased variance: (…, width) gives (…, 1). (Ba et al. 2016)</summary>
    public Tensor Deviation(float epsilon) => ScaleOfRows(epsilon, isCentred: true);

    /// <summary>√(mean of squares + ε) of each row: (…, width) gives (…, 1). (Zhang and Sennrich 2019)</summary>
    public Tensor RootMeanSquare(float epsilon) => ScaleOfRows(epsilon, isCentred: false);

    /// <summary>γ(x − mean)/scale + β by row.</summary>
    /// <param name="scale">(…, 1), from <see cref="Deviation"/>.</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor Standardize(Tensor scale, Parameter gain, Parameter? bias) => NormalizeRows(scale, gain, bias, isCentred: true);

    /// <summary>γx/scale + β by row, without centring.</summary>
    /// <param name="scale">(…, 1), from <see cref="RootMeanSquare"/>.</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor Rescale(Tensor scale, Parameter gain, Parameter? bias) => NormalizeRows(scale, gain, bias, isCentred: false);

    /// <summary>(1 + γ)x/scale + β by row, without centring. (Gemma)</summary>
    /// <param name="scale">(…, 1), from <see cref="RootMeanSquare"/>.</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor RescaleByOffset(Tensor scale, Parameter gain, Parameter? bias) => NormalizeRows(scale, gain, bias, isCentred: false, isOffset: true);

    /// <summary>
    /// Batch normalization: γ(x − μ)/√(σ² + ε) + β with the statistics of each column over all rows of the batch in a training pass
    /// (which also move the running ones: r ← (1 − momentum)·r + momentum·batch, the variance unbiased), and the running ones otherwise. (Ioffe and Szegedy 2015)
    /// </summary>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    /// <param name="runningMean">(width).</param>
    /// <param name="runningVariance">(width).</param>
    /// <param name="momentum">Share of the new batch in the running statistics; 0.1 is usual.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="mask">Rows to leave out of the statistics, or none to count padding too, as most code does.</param>
    public Tensor BatchNormalize(Parameter gain, Parameter? bias, Storage runningMean, Storage runningVariance, float momentum, float epsilon, PaddingMask? mask) => NormalizeColumns(gain, bias, runningMean, runningVariance, null, momentum, epsilon, mask);

    /// <summary>
    /// Power normalization: γx/ψ + β, ψ² the running quadratic mean of each column; the gradient uses a running statistic ν too. (Shen et al. 2020, algorithm 2)
    /// </summary>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    /// <param name="runningSquare">ψ², (width).</param>
    /// <param name="runningGradient">ν, (width).</param>
    /// <param name="momentum">Share of the new batch in the running statistics (1 − α of the paper).</param>
    /// <param name="epsilon">Added to ψ².</param>
    /// <param name="mask">Rows to leave out of the statistics, or none.</param>
    public Tensor PowerNormalize(Parameter gain, Parameter? bias, Storage runningSquare, Storage runningGradient, float momentum, float epsilon, PaddingMask? mask) => NormalizeColumns(gain, bias, null, runningSquare, runningGradient, momentum, epsilon, mask);

    /// <summary>γ·tanh(αx) + β. (Zhu et al. 2025)</summary>
    /// <param name="alpha">α, (1).</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor DynamicTanh(Parameter alpha, Parameter gain, Parameter? bias)
    {
        RequireGains(gain, bias);
        Require(alpha, new Shape(1), "DyT's α");
        var operation = Tape.Record<DynamicTanhNormalization>();
        (operation.Input, operation.Alpha, operation.Gain, operation.Bias) = (Cell, Tape.CellOf(alpha), Tape.CellOf(gain), Tape.CellOfOptional(bias));
        return Tape.RecordRows(operation, operation.Input.Shape, operation.Input);
    }

    /// <summary>
    /// Turns pairs of features by their position (rotary positions; Su et al. 2021). With n pairs, feature i of a head is paired with i + n, as in Llama;
    /// features from 2n on stay as they are.
    /// </summary>
    /// <param name="heads">Heads in a row of (batch, length, heads · headWidth).</param>
    /// <param name="firstPosition">Position of the first row of each sentence.</param>
    /// <param name="frequencies">How fast each pair turns; at most half as many pairs as a head has features.</param>
    public Tensor Rotate(int heads, int firstPosition, RotaryFrequencies frequencies)
    {
        var input = Cell;
        if (input.Shape.Rank != 3 || heads < 1 || input.Columns % heads != 0)
        {
            throw new ArgumentException($"Rotary positions need (batch, length, heads · width); the tensor has shape {input.Shape} and {heads} heads were asked for.", nameof(heads));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(firstPosition);
        ArgumentNullException.ThrowIfNull(frequencies);
        if (frequencies.Pairs > input.Columns / heads / 2)
        {
            throw new ArgumentException($"{frequencies.Pairs} pairs of features cannot turn in heads of {input.Columns / heads} features.", nameof(frequencies));
        }

        var operation = Tape.Record<Rotation>();
        (operation.Input, operation.Heads, operation.Length, operation.FirstPosition) = (input, heads, input.Shape[1], firstPosition);
        operation.Table = Tape.RotaryTableOf(frequencies);
        operation.Table.Cover(firstPosition + input.Shape[1]);
        return Tape.RecordRows(operation, input.Shape, input);
    }

    /// <summary>
    /// q·kᵀ·scale for every head: (batch, query, heads·d) with (batch, key, keyHeads·d) gives (batch, heads, query, key); what a query may not see is −∞.
    /// A group of heads/keyHeads query heads shares a key head. With <paramref name="causal"/>, query i sees key j where j ≤ i + (keys − queries).
    /// </summary>
    public Tensor Scores(Tensor key, int heads, int keyHeads, float scale, bool causal, PaddingMask? keyMask)
    {
        var tape = Tape;
        var (query, keys) = (Cell, tape.Cell(key));
        var extents = Extents(query, keys, heads, keyHeads);
        var operation = tape.Record<AttentionScores>();
        (operation.Query, operation.Key, operation.Extents, operation.Scale) = (query, keys, extents, scale);
        operation.RealKeys = null;
        if (keyMask is not null)
        {
            if (keyMask.Batch != extents.Batch || keyMask.Length != extents.Keys)
            {
                throw new ArgumentException($"The padding mask is for {keyMask.Batch} sentences × {keyMask.Length} keys; there are {extents.Batch} × {extents.Keys}.", nameof(keyMask));
            }

            operation.RealKeys = tape.Take(keyMask);
        }

        var scores = tape.NewCell(new Shape(extents.Batch, heads, extents.Queries, extents.Keys), extents.Division, out operation.Output);
        operation.Output.Diagonal = causal ? extents.Keys - extents.Queries : Tensors.Cell.SeesAll;
        operation.Output.NeedsGradient = query.NeedsGradient || keys.NeedsGradient;
        tape.Schedule.ReadsAll(query.ValueWritten);
        tape.Schedule.ReadsAll(keys.ValueWritten);
        operation.Output.ValueWritten = tape.Schedule.Add(operation, 0, isBackward: false, extents.Division);
        return scores;
    }

    /// <summary>Softmax over the last axis; a row of nothing but −∞ gives zeros.</summary>
    public Tensor Softmax()
    {
        var input = Cell;
        if (!input.IsContiguous)
        {
            throw new InvalidOperationException("Softmax of a view of columns is not supported.");
        }

        var operation = Tape.Record<SoftmaxOfRows>();
        operation.Input = input;
        var pattern = Tape.NewCell(input.Shape, input.Division, out operation.Output);
        operation.Output.Diagonal = input.Diagonal;
        operation.Output.NeedsGradient = input.NeedsGradient;
        Tape.Schedule.ReadsPart(input.ValueWritten, input.Division);
        operation.Output.ValueWritten = Tape.Schedule.Add(operation, 0, isBackward: false, input.Division);
        return pattern;
    }

    /// <summary>
    /// Pattern times values: (batch, heads, query, key) with (batch, key, keyHeads·d) gives (batch, query, heads·d), the heads side by side.
    /// </summary>
    public Tensor Mix(Tensor value, int keyHeads)
    {
        var tape = Tape;
        var (pattern, values) = (Cell, tape.Cell(value));
        if (pattern.Shape.Rank != 4 || values.Shape.Rank != 3 || pattern.Shape[0] != values.Shape[0] || pattern.Shape[3] != values.Shape[1]
            || keyHeads < 1 || pattern.Shape[1] % keyHeads != 0 || values.Columns % keyHeads != 0)
        {
            throw new ArgumentException($"A pattern of shape {pattern.Shape} cannot mix values of shape {values.Shape} with {keyHeads} key heads: (batch, heads, query, key) and (batch, key, keyHeads · width) are needed.", nameof(value));
        }

        int width = values.Columns / keyHeads;
        var extents = new AttentionHeads(pattern.Shape[0], pattern.Shape[1], keyHeads, pattern.Shape[2], pattern.Shape[3], width);
        var operation = tape.Record<AttentionMix>();
        (operation.Pattern, operation.Value, operation.Extents) = (pattern, values, extents);
        var mixed = tape.NewCell(new Shape(extents.Batch, extents.Queries, extents.Heads * width), out operation.Output);
        operation.Output.NeedsGradient = pattern.NeedsGradient || values.NeedsGradient;
        tape.Schedule.ReadsPart(pattern.ValueWritten, extents.Division);
        tape.Schedule.ReadsAll(values.ValueWritten);
        operation.Output.ValueWritten = tape.Schedule.Add(operation, 0, isBackward: false, extents.Division);
        return mixed;
    }

    /// <summary>Mean cross-entropy in nats of (…, vocabulary) logits; a target of −1 is left out of the mean.</summary>
    /// <param name="targets">One class a row. Copied.</param>
    public Tensor CrossEntropy(ReadOnlySpan<int> targets)
    {
        var operation = RecordCrossEntropy(targets);
        operation.IsByRow = false;
        var loss = Tape.NewCell(new Shape(1), out operation.Output);
        operation.Output.NeedsGradient = operation.Input.NeedsGradient;
        Tape.Schedule.ReadsAll(Tape.Schedule.Add(operation, 0, isBackward: false, operation.Input.Division));
        operation.Output.ValueWritten = Tape.Schedule.Add(operation, 1, isBackward: false, Division.Whole(1));
        return loss;
    }

    /// <summary>Cross-entropy of every row by itself, in nats, shape (rows); 0 where the target is −1.</summary>
    public Tensor RowCrossEntropy(ReadOnlySpan<int> targets)
    {
        var operation = RecordCrossEntropy(targets);
        operation.IsByRow = true;
        var losses = Tape.NewCell(new Shape(operation.Input.Rows), out operation.Output);
        operation.Output.NeedsGradient = operation.Input.NeedsGradient;
        operation.Losses = operation.Output.Value;
        operation.Output.ValueWritten = Tape.Schedule.Add(operation, 0, isBackward: false, operation.Input.Division);
        return losses;
    }

    /// <summary>Puts rows of (batch, length, width) behind those that a cache already holds and gives all of them, (batch, held + length, width). Inference only.</summary>
    public Tensor AppendTo(SequenceCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var tape = Tape;
        var input = Cell;
        if (input.Shape.Rank != 3 || input.Shape[0] != cache.Batch || input.Columns != cache.Width)
        {
            throw new ArgumentException($"A cache of (batch {cache.Batch}, capacity {cache.Capacity}, width {cache.Width}) cannot take a tensor of shape {input.Shape}.", nameof(cache));
        }

        int length = input.Shape[1];
        if (cache.Length + length > cache.Capacity)
        {
            throw new InvalidOperationException($"The cache has room for {cache.Capacity} positions and holds {cache.Length}: {length} more do not fit.");
        }

        var operation = tape.Record<CacheAppend>();
        (operation.Input, operation.Length) = (input, length);
        operation.Cache = cache;
        operation.To = cache.Pointer + ((nint)cache.Length * cache.Width);
        cache.Length += length;
        var all = tape.NewExternal(new Shape(cache.Batch, cache.Length, cache.Width), cache.Pointer, (nint)cache.Capacity * cache.Width, out operation.Output);
        tape.Schedule.ReadsPart(input.ValueWritten, input.Division);
        operation.Output.ValueWritten = tape.Schedule.Add(operation, 0, isBackward: false, default);
        return all;
    }

    private static void RequireSameShape(string what, Cell a, Cell b)
    {
        if (a.Shape != b.Shape)
        {
            throw new ArgumentException($"A {what} needs two tensors of the same shape; these have {a.Shape} and {b.Shape}.");
        }
    }

    private static void Require(Storage storage, Shape shape, string what)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (storage.Shape != shape)
        {
            throw new ArgumentException($"{what} must have shape {shape} here; {storage.Name} has {storage.Shape}.");
        }
    }

    private static AttentionHeads Extents(Cell query, Cell key, int heads, int keyHeads)
    {
        if (query.Shape.Rank != 3 || key.Shape.Rank != 3 || query.Shape[0] != key.Shape[0]
            || heads < 1 || keyHeads < 1 || heads % keyHeads != 0 || query.Columns % heads != 0 || (long)key.Columns * heads != (long)query.Columns * keyHeads)
        {
            throw new ArgumentException($"Queries of shape {query.Shape} in {heads} heads do not fit keys of shape {key.Shape} in {keyHeads}: (batch, query, heads · width) and (batch, key, keyHeads · width) are needed, heads a multiple of keyHeads.");
        }

        return new AttentionHeads(query.Shape[0], heads, keyHeads, query.Shape[1], key.Shape[1], query.Columns / heads);
    }

    private void RequireGains(Parameter gain, Parameter? bias)
    {
        var shape = new Shape(Shape.Columns);
        Require(gain, shape, "A gain");
        if (bias is not null)
        {
            Require(bias, shape, "A bias");
        }
    }

    private Tensor Activate<F>()
        where F : struct, IFunction
    {
        var operation = Tape.Record<Activation<F>>();
        operation.Input = Cell;
        return Tape.RecordRows(operation, operation.Input.Shape, operation.Input);
    }

    private Tensor Linear(Parameter weight, Parameter? bias, bool isTransposed)
    {
        var tape = Tape;
        var input = Cell;
        var operation = tape.Record<LinearProduct>();
        (operation.Input, operation.Weight, operation.Bias, operation.IsTransposed) = (input, tape.CellOf(weight, isTransposed ? NumberOrder.PanelsOfTranspose : NumberOrder.Panels), tape.CellOfOptional(bias), isTransposed);
        int columns = isTransposed ? weight.Shape[0] : weight.Shape[1];
        var division = LinearProduct.DivisionOf(input.Rows, columns, (long)columns * input.Columns, tape.Team.Threads);
        operation.ForwardDivision = division;
        var product = tape.NewCell(input.Shape.WithColumns(columns), out operation.Output);
        if (division.ByColumn)
        {
            tape.Schedule.ReadsAll(input.ValueWritten);
        }
        else
        {
            tape.Schedule.ReadsPart(input.ValueWritten, division);
        }

        operation.Output.ValueWritten = tape.Schedule.Add(operation, 0, isBackward: false, division);
        return product;
    }

    private Tensor ScaleOfRows(float epsilon, bool isCentred)
    {
        var operation = Tape.Record<RowScale>();
        (operation.Input, operation.Epsilon, operation.IsCentred) = (Cell, epsilon, isCentred);
        operation.Mean = Tape.Take(operation.Input.Rows);
        return Tape.RecordRows(operation, operation.Input.Shape.WithColumns(1), operation.Input);
    }

    private Tensor NormalizeRows(Tensor scale, Parameter gain, Parameter? bias, bool isCentred, bool isOffset = false)
    {
        RequireGains(gain, bias);
        var tape = Tape;
        var (input, scales) = (Cell, tape.Cell(scale));
        if (scales.Columns != 1 || scales.Rows != input.Rows)
        {
            throw new ArgumentException($"The scale of rows of a tensor of shape {input.Shape} has shape {input.Shape.WithColumns(1)}; {scales.Shape} was given.", nameof(scale));
        }

        var operation = tape.Record<RowNormalization>();
        (operation.Input, operation.Scale, operation.IsCentred, operation.IsOffset) = (input, scales, isCentred, isOffset);
        (operation.Gain, operation.Bias) = (tape.CellOf(gain), tape.CellOfOptional(bias));
        operation.Mean = tape.Take(input.Rows);
        operation.Inverse = tape.Take(input.Rows);
        return tape.RecordRows(operation, input.Shape, input, scales);
    }

    private Tensor NormalizeColumns(Parameter gain, Parameter? bias, Storage? runningMean, Storage runningVariance, Storage? runningGradient, float momentum, float epsilon, PaddingMask? mask)
    {
        RequireGains(gain, bias);
        var shape = new Shape(Shape.Columns);
        Require(runningVariance, shape, "A running statistic");
        Require((runningMean ?? runningGradient)!, shape, "A running statistic");
        var tape = Tape;
        var input = Cell;
        if (mask is not null && (long)mask.Batch * mask.Length != input.Rows)
        {
            throw new ArgumentException($"The padding mask is for {mask.Batch} sentences × {mask.Length} positions; the tensor has {input.Rows} rows.", nameof(mask));
        }

        var operation = tape.Record<ColumnNormalization>();
        (operation.Input, operation.Gain, operation.Bias) = (input, tape.CellOf(gain), tape.CellOfOptional(bias));
        (operation.RunningMean, operation.RunningVariance, operation.RunningGradient) = (runningMean, runningVariance, runningGradient);
        (operation.Momentum, operation.Epsilon, operation.IsTraining) = (momentum, epsilon, tape.Training);
        operation.Real = mask is null ? null : tape.Take(mask);
        operation.Counted = mask is null ? input.Rows : mask.Real.Count(true);
        operation.Normalized = tape.Take((long)input.Rows * input.Columns);
        operation.Mean = tape.Take(input.Columns);
        operation.Variance = tape.Take(input.Columns);
        operation.Inverse = tape.Take(input.Columns);
        var output = tape.NewCell(input.Shape, out operation.Output);
        var schedule = tape.Schedule;
        schedule.ReadsAll(input.ValueWritten);
        schedule.ReadsAll(schedule.Add(operation, 0, isBackward: false, Division.OfColumns(input.Columns)));
        operation.Output.ValueWritten = schedule.Add(operation, 1, isBackward: false, operation.Output.Division);
        return output;
    }

    private MeanCrossEntropy RecordCrossEntropy(ReadOnlySpan<int> targets)
    {
        var tape = Tape;
        var input = Cell;
        if (targets.Length != input.Rows)
        {
            throw new ArgumentException($"{targets.Length} targets were given for {input.Rows} rows of logits.", nameof(targets));
        }

        int counted = 0;
        foreach (int target in targets)
        {
            if (target < -1 || target >= input.Columns)
            {
                throw new ArgumentOutOfRangeException(nameof(targets), $"Target {target} is not a class: 0 to {input.Columns - 1} are, and −1 for none.");
            }

            counted += target >= 0 ? 1 : 0;
        }

        var operation = tape.Record<MeanCrossEntropy>();
        (operation.Input, operation.Counted) = (input, counted);
        operation.Targets = tape.Take(targets);
        operation.Largest = tape.Take(input.Rows);
        operation.Sums = tape.Take(input.Rows);
        operation.Losses = tape.Take(input.Rows);
        tape.Schedule.ReadsPart(input.ValueWritten, input.Division);
        return operation;
    }
}
