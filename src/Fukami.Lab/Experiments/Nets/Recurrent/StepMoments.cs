namespace Fukami.Lab;

/// <summary>
/// What one layer does to moments at one time step. Backward, every cell is m_t = p_t·v_t + k_{t+1}·m_{t+1}, where v_t is what comes
/// from above and through the recurrent weights, p what passes from h to the memory, k what the memory keeps
/// (LSTM: the forget gate; GRU: the update gate, its state being its own memory; Elman: nothing).
/// </summary>
internal readonly record struct StepMoments
{
    /// <summary>E h².</summary>
    public double Hidden { get; init; }

    /// <summary>E c², of an LSTM.</summary>
    public double Memory { get; init; }

    /// <summary>E p.</summary>
    public double PassMean { get; init; }

    /// <summary>E p².</summary>
    public double PassSquare { get; init; }

    /// <summary>E k.</summary>
    public double KeepMean { get; init; }

    /// <summary>E k².</summary>
    public double KeepSquare { get; init; }

    /// <summary>Squared gradient at the layer's input for one of v.</summary>
    public double InputFromHidden { get; init; }

    /// <summary>The same for one of m.</summary>
    public double InputFromMemory { get; init; }

    /// <summary>The root of the product of gradients at the inputs of two time steps for one of m at both: the gates between are independent.</summary>
    public double InputMean { get; init; }

    /// <summary>Squared gradient at the h of the step before for one of v.</summary>
    public double RecurrentFromHidden { get; init; }

    /// <summary>The same for one of m.</summary>
    public double RecurrentFromMemory { get; init; }

    /// <summary>As <see cref="InputMean"/>, for the h of the step before.</summary>
    public double RecurrentMean { get; init; }
}
