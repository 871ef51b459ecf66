using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// A place in a model, such as <c>blocks.3.attn</c>, at which a part creates its parameters, running statistics and points. The scope gives them
/// their full names and remembers how each begins.
/// </summary>
public sealed class ModelScope
{
    private readonly string prefix;
    private readonly string length;
    private readonly Workspace? workspace;
    private readonly List<Entry> entries = [];

    /// <summary>The root of a model.</summary>
    /// <param name="workspace">Whose memory its storages take; their own unless given.</param>
    public ModelScope(Workspace? workspace = null)
        : this("", "length", workspace) { }

    private ModelScope(string prefix, string length, Workspace? workspace) => (this.prefix, this.length, this.workspace) = (prefix, length, workspace);

    /// <summary>The scope of a part.</summary>
    /// <param name="name">The part's name; empty for a place that only orders what it holds.</param>
    /// <param name="place">Where the forward pass meets it among its neighbours; equals keep the order of creation.</param>
    /// <param name="length">What the shapes of its points call the positions of a sentence, if not as here.</param>
    public ModelScope In(string name, int place = 0, string? length = null)
    {
        var inner = new ModelScope(name.Length == 0 ? prefix : $"{prefix}{name}.", length ?? this.length, workspace);
        entries.Add(new Entry(place, inner));
        return inner;
    }

    /// <summary>A matrix of weights, (in, out), drawn at the start.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="segments">The matrices that are stored side by side in it; each is drawn by its own extents.</param>
    public Parameter Matrix(string name, params ReadOnlySpan<WeightSegment> segments)
    {
        int columns = 0;
        foreach (WeightSegment segment in segments)
        {
            columns += segment.Out;
        }

        var parameter = new Parameter(prefix + name, new Shape(segments[0].In, columns), workspace: workspace);
        entries.Add(new Entry(0, new InitialMatrix(parameter, segments.ToArray())));
        return parameter;
    }

    /// <summary>A table, (rows, width), drawn at the start.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rows">Different ids.</param>
    /// <param name="width">Numbers of each.</param>
    /// <param name="onlyLookedUp">Whether no product uses it, so that it costs no arithmetic.</param>
    public Parameter Table(string name, int rows, int width, bool onlyLookedUp = true)
    {
        var parameter = new Parameter(prefix + name, new Shape(rows, width), workspace: workspace);
        entries.Add(new Entry(0, new InitialTable(parameter, onlyLookedUp)));
        return parameter;
    }

    /// <summary>A gain, (width), that begins as ones.</summary>
    public Parameter Gain(int width) => Constant("gain", width, 1);

    /// <summary>A bias, (width), that begins as zeros.</summary>
    public Parameter Bias(int width) => Constant("bias", width, 0);

    /// <summary>A learned vector, (width), that begins as a constant and does not decay.</summary>
    public Parameter Constant(string name, int width, float value)
    {
        var parameter = new Parameter(prefix + name, new Shape(width), decays: false, workspace);
        entries.Add(new Entry(0, new InitialConstant(parameter, value)));
        return parameter;
    }

    /// <summary>A running statistic, (width), that begins as a constant. It is saved but not learned.</summary>
    public Storage Statistic(string name, int width, float value)
    {
        var storage = new Storage(prefix + name, new Shape(width), workspace);
        entries.Add(new Entry(0, new InitialConstant(storage, value)));
        return storage;
    }

    /// <summary>A table, (rows, width), that is computed from the settings: neither learned nor saved.</summary>
    public Storage Fixed(string name, int rows, int width) => new(prefix + name, new Shape(rows, width), workspace);

    /// <summary>A named point.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape of its value in words.</param>
    /// <param name="place">Where the forward pass meets it among its neighbours; equals keep the order of creation.</param>
    public Point Point(string name, string shape, int place = 0)
    {
        var point = new Point(prefix + name);
        entries.Add(new Entry(place, new PointDescription(point, length == "length" ? shape : shape.Replace("length", length, StringComparison.Ordinal))));
        return point;
    }

    /// <summary>All parameters, in the order of the forward pass.</summary>
    public IReadOnlyList<Parameter> Parameters() => [.. Flat().OfType<InitialValues>().Select(initial => initial.Storage).OfType<Parameter>()];

    /// <summary>All running statistics, in the order of the forward pass.</summary>
    public IReadOnlyList<Storage> Statistics() => [.. Flat().OfType<InitialValues>().Select(initial => initial.Storage).Where(storage => storage is not Parameter)];

    /// <summary>All points, in the order of the forward pass.</summary>
    public IReadOnlyList<PointDescription> Points() => [.. Flat().OfType<PointDescription>()];

    /// <summary>Gives everything its initial value.</summary>
    /// <param name="scheme">The deviation of each matrix.</param>
    /// <param name="deviation">The deviation for schemes that take one.</param>
    /// <param name="random">Every parameter draws from this source split by its name, so no draw depends on another.</param>
    public void Initialize(InitializationScheme scheme, float deviation, RandomSource random) =>
        Initialize(scheme, deviation, storage => random.Split(storage.Name).FillNormal(storage.Values, 1));

    /// <summary>Gives everything its initial value.</summary>
    /// <param name="scheme">The deviation of each matrix.</param>
    /// <param name="deviation">The deviation for schemes that take one.</param>
    /// <param name="draw">Fills a storage with standard normal draws.</param>
    internal void Initialize(InitializationScheme scheme, float deviation, Action<Storage> draw)
    {
        foreach (InitialValues initial in Flat().OfType<InitialValues>())
        {
            if (initial.Drawn)
            {
                draw(initial.Storage);
            }

            initial.Scale(scheme, deviation);
        }
    }

    /// <summary>Lays what products use in panels.</summary>
    internal void LayInPanels() => System.Threading.Tasks.Parallel.ForEach(Flat(), item =>
    {
        if (item is InitialMatrix { Storage: Parameter matrix })
        {
            matrix.LayInPanels();
        }
        else if (item is InitialTable { OnlyLookedUp: false, Storage: Parameter table })
        {
            table.LayInPanels(transposed: true);
        }
    });

    /// <summary>How many numbers stand in learned tables that no product uses.</summary>
    internal long OnlyLookedUpCount() => Flat().OfType<InitialTable>().Where(table => table.OnlyLookedUp).Sum(table => table.Storage.Shape.Count);

    private IEnumerable<object> Flat() =>
        entries.OrderBy(entry => entry.Place).SelectMany(entry => entry.Item is ModelScope inner ? inner.Flat() : [entry.Item]);

    private readonly record struct Entry(int Place, object Item);
}
