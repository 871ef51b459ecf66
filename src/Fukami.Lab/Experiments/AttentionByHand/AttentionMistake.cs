namespace Fukami.Lab;

/// <summary>How an attention computed by hand goes wrong.</summary>
internal enum AttentionMistake
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Softmax over the queries of a key instead of the keys of a query.</summary>
    WrongAxis,

    /// <summary>q·k/d instead of q·k/√d.</summary>
    DividedByWidth,

    /// <summary>q·k as it is.</summary>
    NotScaled,

    /// <summary>Masked weights set to 0 after the softmax instead of masked scores to −∞ before it.</summary>
    MaskedAfterSoftmax,
}
