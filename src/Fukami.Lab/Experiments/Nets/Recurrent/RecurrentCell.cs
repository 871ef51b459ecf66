using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>One recurrent layer: what it makes of an input and of its own state before.</summary>
internal abstract class RecurrentCell
{
    /// <summary>A layer with blank weights.</summary>
    /// <param name="layer">Its number, from 0.</param>
    /// <param name="width">Features of the input and of the hidden state.</param>
    /// <param name="gates">How many pre-activations a feature has.</param>
    protected RecurrentCell(int layer, int width, int gates)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.");
        Width = width;
        Input = new Parameter(prefix + "input.weight", new Shape(width, gates * width));
        Recurrent = new Parameter(prefix + "recurrent.weight", new Shape(width, gates * width));
        Bias = new Parameter(prefix + "bias", new Shape(gates * width), decays: false);
    }

    /// <summary>Features of a hidden state.</summary>
    public int Width { get; }

    /// <summary>W: over depth, (width, gates · width).</summary>
    public Parameter Input { get; }

    /// <summary>U: over time, (width, gates · width).</summary>
    public Parameter Recurrent { get; }

    /// <summary>b, (gates · width).</summary>
    public Parameter Bias { get; }

    /// <summary>Whether the state has a memory beside h.</summary>
    public virtual bool HasMemory => false;

    /// <summary>One time step.</summary>
    /// <param name="x">The input, (batch, 1, width).</param>
    /// <param name="before">The state after the step before.</param>
    public abstract RecurrentState Step(Tensor x, RecurrentState before);

    /// <summary>Gives the bias its initial values.</summary>
    public virtual void InitializeBias(RecurrentSettings settings) => Bias.Values.Clear();

    /// <summary>Columns of gate number <paramref name="index"/>.</summary>
    protected Tensor Gate(Tensor gates, int index) => gates.Columns(index * Width, Width);

    /// <summary>A cell by the name of its recurrence.</summary>
    public static RecurrentCell Named(string name, int layer, int width) => name switch
    {
        "elman" => new ElmanCell(layer, width),
        "lstm" => new LstmCell(layer, width),
        "gru" => new GruCell(layer, width),
        _ => throw new ArgumentOutOfRangeException(nameof(name), $"There is no recurrence named “{name}”; there are elman, lstm and gru."),
    };
}
