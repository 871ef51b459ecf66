namespace Fukami.Tensors;

/// <summary>In which order the numbers of a storage lie in its memory.</summary>
internal enum NumberOrder
{
    /// <summary>Row by row.</summary>
    Rows,

    /// <summary>In <see cref="Tensors.Panels"/>.</summary>
    Panels,

    /// <summary>The panels of the transpose: 48 rows after one another, each panel column by column.</summary>
    PanelsOfTranspose,
}
