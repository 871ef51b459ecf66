using System.Globalization;
using Fukami.Lab;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Web;

/// <summary>Looks into models for the pages: opens those that may be opened, keeps the last few, and lets one prompt through at a time.</summary>
/// <param name="access">Which models may be opened.</param>
internal sealed class ModelRoom(ModelAccess access) : IDisposable
{
    /// <summary>The most characters of a prompt that are looked at.</summary>
    public const int LongestPrompt = 2000;

    private const int MostKept = 3;

    private readonly SemaphoreSlim turn = new(1);
    private readonly List<(string Folder, ModelFolder Model)> kept = [];

    /// <summary>The models to choose from.</summary>
    public IReadOnlyList<string> Offered() => access.Offered();

    /// <summary>Lets a model read a prompt, as it is and with some of its parts switched off.</summary>
    /// <param name="name">One of <see cref="Offered"/>.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="cuts">What is switched off; parts that the model does not have are left out.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="LabException">The model may not be opened, or the prompt cannot be read.</exception>
    /// <exception cref="CheckpointException">The model is damaged.</exception>
    /// <exception cref="TokenizerException">The prompt holds what no token stands for.</exception>
    /// <exception cref="InspectionException">A part cannot be switched off.</exception>
    public async Task<InsideView> LookAsync(string name, string prompt, IReadOnlyList<Cut> cuts, CancellationToken stop = default)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Look(Open(name), name, prompt.Length > LongestPrompt ? prompt[..LongestPrompt] : prompt, cuts), stop).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The app ends.</summary>
    public void Dispose() => turn.Dispose();

    private static InsideView Look(ModelFolder folder, string name, string prompt, IReadOnlyList<Cut> cuts)
    {
        Transformer model = folder.Model;
        var read = TracePrompt.OfText(folder, folder.InKnownCase(prompt));
        Cut[] possible = [.. cuts.Where(cut => cut.IsOf(model.Settings))];
        Intervention[] interventions = [.. possible.SelectMany(cut => cut.Interventions(model))];
        LensScale? lens = model.Settings.Head == "none" ? null : LensScale.Own;
        var request = new TraceRequest { Folder = folder, Model = model, Name = name, Prompt = read, Lens = lens };
        TraceReport whole = Trace.Run(request);
        TraceReport report = interventions.Length == 0 ? whole : Trace.Run(request with { Interventions = interventions });
        string[] points = [.. Enumerable.Range(0, model.Settings.Depth).Select(Pattern).Where(point => model.PointNames.Contains(point, StringComparer.Ordinal))];
        var captured = PointCapture.Run(new Tape(), model, read.Batch(), points, interventions);
        return new InsideView(report, whole, [.. Enumerable.Range(0, model.Settings.Depth).Select(layer => Heads(captured, Pattern(layer), read.Ids.Count))], possible, HasSkips(model));
    }

    private static string Pattern(int layer) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.attn.pattern");

    private static IReadOnlyList<IReadOnlyList<float[]>> Heads(PointCapture captured, string point, int length) => captured.Has(point)
        ? [.. Enumerable.Range(0, captured[point].Shape[1]).Select(IReadOnlyList<float[]> (head) => [.. Enumerable.Range(0, length).Select(query => captured[point].Row(0, query, head).ToArray())])]
        : [];

    private static bool HasSkips(Transformer model) => model.Settings.Residual is not ("none" or "none-norm");

    private ModelFolder Open(string name)
    {
        string path = access.Open(name);
        int place = kept.FindIndex(known => string.Equals(known.Folder, path, StringComparison.Ordinal));
        (string Folder, ModelFolder Model) found = place >= 0 ? kept[place] : (path, ModelFolder.Open(path));
        if (place >= 0)
        {
            kept.RemoveAt(place);
        }

        kept.Add(found);
        if (kept.Count > MostKept)
        {
            kept.RemoveAt(0);
        }

        return found.Model;
    }
}
