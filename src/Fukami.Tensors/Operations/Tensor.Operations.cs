namespace Fukami.Tensors;

public readonly partial struct Tensor
{
    /// <summary>Sum of two tensors of the same shape.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => throw new NotImplementedException();

    /// <summary>Every number times a fixed factor.</summary>
    public static Tensor operator *(float factor, Tensor tensor) => throw new NotImplementedException();

    /// <summary>Elementwise product of two tensors of the same shape.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => throw new NotImplementedException();

    /// <summary>Every number times one learned factor (a parameter of shape (1)).</summary>
    public Tensor ScaledBy(Parameter factor) => throw new NotImplementedException();

    /// <summary>x·W + b: (…, in) · (in, out) + (out).</summary>
    public Tensor Linear(Parameter weight, Parameter? bias = null) => throw new NotImplementedException();

    /// <summary>x·Eᵀ: (…, width) with a table (vocabulary, width) gives (…, vocabulary). For output weights tied to the embedding.</summary>
    public Tensor LinearTransposed(Parameter table) => throw new NotImplementedException();

    /// <summary>Columns [first, first + count) as a view: no copy.</summary>
    public Tensor Columns(int first, int count) => throw new NotImplementedException();

    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => throw new NotImplementedException();

    /// <summary>x·Φ(x) with the error function. (Hendrycks and Gimpel 2016)</summary>
    public Tensor Gelu() => throw new NotImplementedException();

    /// <summary>GELU by its tanh approximation, as GPT-2 uses it.</summary>
    public Tensor GeluTanh() => throw new NotImplementedException();

    /// <summary>x·σ(x).</summary>
    public Tensor Silu() => throw new NotImplementedException();

    /// <summary>Drops each number with probability <paramref name="rate"/> and scales the others by 1/(1−rate), in a training pass; the tensor itself otherwise.</summary>
    public Tensor Dropout(float rate) => throw new NotImplementedException();

    /// <summary>√(var + ε) of each row, biased variance: (…, width) gives (…, 1). (Ba et al. 2016)</summary>
    public Tensor Deviation(float epsilon) => throw new NotImplementedException();

    /// <summary>√(mean of squares + ε) of each row: (…, width) gives (…, 1). (Zhang and Sennrich 2019)</summary>
    public Tensor RootMeanSquare(float epsilon) => throw new NotImplementedException();

    /// <summary>γ(x − mean)/scale + β by row.</summary>
    /// <param name="scale">(…, 1), from <see cref="Deviation"/>.</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor Standardize(Tensor scale, Parameter gain, Parameter? bias) => throw new NotImplementedException();

    /// <summary>γx/scale + β by row, without centring.</summary>
    /// <param name="scale">(…, 1), from <see cref="RootMeanSquare"/>.</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor Rescale(Tensor scale, Parameter gain, Parameter? bias) => throw new NotImplementedException();

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
    public Tensor BatchNormalize(Parameter gain, Parameter? bias, Storage runningMean, Storage runningVariance, float momentum, float epsilon, PaddingMask? mask) => throw new NotImplementedException();

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
    public Tensor PowerNormalize(Parameter gain, Parameter? bias, Storage runningSquare, Storage runningGradient, float momentum, float epsilon, PaddingMask? mask) => throw new NotImplementedException();

    /// <summary>γ·tanh(αx) + β. (Zhu et al. 2025)</summary>
    /// <param name="alpha">α, (1).</param>
    /// <param name="gain">γ, (width).</param>
    /// <param name="bias">β, (width), or none.</param>
    public Tensor DynamicTanh(Parameter alpha, Parameter gain, Parameter? bias) => throw new NotImplementedException();

    /// <summary>
    /// Turns pairs of features by their position (rotary positions; Su et al. 2021). Feature i of a head is paired with i + headWidth/2, as in Llama.
    /// </summary>
    /// <param name="heads">Heads in a row of (batch, length, heads · headWidth).</param>
    /// <param name="firstPosition">Position of the first row of each sentence.</param>
    /// <param name="theta">Base of the frequencies; 10000 is usual.</param>
    public Tensor Rotate(int heads, int firstPosition, float theta) => throw new NotImplementedException();

    /// <summary>
    /// q·kᵀ·scale for every head: (batch, query, heads·d) with (batch, key, keyHeads·d) gives (batch, heads, query, key); what a query may not see is −∞.
    /// A group of heads/keyHeads query heads shares a key head. With <paramref name="causal"/>, query i sees key j where j ≤ i + (keys − queries).
    /// </summary>
    public Tensor Scores(Tensor key, int heads, int keyHeads, float scale, bool causal, PaddingMask? keyMask) => throw new NotImplementedException();

    /// <summary>Softmax over the last axis; a row of nothing but −∞ gives zeros.</summary>
    public Tensor Softmax() => throw new NotImplementedException();

    /// <summary>
    /// Pattern times values: (batch, heads, query, key) with (batch, key, keyHeads·d) gives (batch, query, heads·d), the heads side by side.
    /// </summary>
    public Tensor Mix(Tensor value, int keyHeads) => throw new NotImplementedException();

    /// <summary>Mean cross-entropy in nats of (…, vocabulary) logits; a target of −1 is left out of the mean.</summary>
    /// <param name="targets">One class a row. Copied.</param>
    public Tensor CrossEntropy(ReadOnlySpan<int> targets) => throw new NotImplementedException();

    /// <summary>Cross-entropy of every row by itself, in nats, shape (rows); 0 where the target is −1. No gradient.</summary>
    public Tensor RowCrossEntropy(ReadOnlySpan<int> targets) => throw new NotImplementedException();

    /// <summary>Puts rows of (batch, length, width) behind those that a cache already holds and gives all of them, (batch, held + length, width). Inference only.</summary>
    public Tensor AppendTo(SequenceCache cache) => throw new NotImplementedException();
}
