namespace Fukami.Transformers;

/// <summary>What a normalization is as a map of one position's features, once its statistics are held fixed at what they were in a pass.</summary>
public enum FixedForm
{
    /// <summary>y = x.</summary>
    Identity,

    /// <summary>y = γ(x − mean of x)/scale + β with the position's scale: linear in x, and a bias.</summary>
    CentredRows,

    /// <summary>y = γx/scale + β with the position's scale.</summary>
    Rows,

    /// <summary>y = γ(x − μ)/σ + β with each feature's running statistics.</summary>
    Columns,

    /// <summary>Not linear even so.</summary>
    Bent,
}
