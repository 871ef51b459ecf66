using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// The folder of a training: a model folder, and beside it <c>optimizer-STEP.safetensors</c> and <c>training-STEP.json</c>. A state is
/// saved by writing these two, then renaming the new <c>model.safetensors</c>, which names its step, into place: that one rename
/// makes the new state the valid one, and only then are the files of the old one deleted. So whenever the process is
/// killed, the folder holds a complete state. Not thread-safe; one process at a time.
/// </summary>
public sealed partial class TrainingFolder
{
    /// <summary>The key in model.safetensors that names the step.</summary>
    internal const string StepKey = "training_step";

    private bool described;

    private TrainingFolder(string path, ITokenizer? tokenizer) => (FullPath, Tokenizer) = (path, tokenizer);

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>The tokenizer of the model; none for a task.</summary>
    public ITokenizer? Tokenizer { get; }

    /// <summary>Step of the state that was saved last; −1 if there is none.</summary>
    public long SavedStep { get; private set; } = -1;

    /// <summary>A folder for a new training. It is made, if need be, when the training begins.</summary>
    /// <param name="directory">A folder that holds no model yet.</param>
    /// <param name="tokenizer">Stored with the model.</param>
    /// <exception cref="TrainingException">The folder already holds a model.</exception>
    public static TrainingFolder Create(string directory, ITokenizer? tokenizer = null)
    {
        var folder = new TrainingFolder(Full(directory), tokenizer);
        foreach (string name in (string[])[ModelFolder.WeightsName, ModelFolder.ConfigName])
        {
            if (File.Exists(Path.Combine(folder.FullPath, name)))
            {
                throw new TrainingException($"{directory} already holds a model ({name}); resume its training, or choose another folder for a new one.");
            }
        }

        return folder;
    }

    /// <summary>The folder of a training that has a saved state.</summary>
    internal static TrainingFolder Existing(string directory, ITokenizer? tokenizer, long step) =>
        new(Full(directory), tokenizer) { SavedStep = step, described = true };

    /// <summary>The file of the moments after a step.</summary>
    internal static string OptimizerName(long step) => string.Create(CultureInfo.InvariantCulture, $"optimizer-{step}.safetensors");

    /// <summary>The file of the training's state after a step.</summary>
    internal static string StateName(long step) => string.Create(CultureInfo.InvariantCulture, $"training-{step}.json");

    /// <summary>Saves a state, if it is not the one that was saved last.</summary>
    /// <exception cref="TrainingException">It cannot be written; the last state is still there.</exception>
    internal void Save(Transformer model, Optimizer optimizer, TrainingState state)
    {
        if (state.Step == SavedStep)
        {
            return;
        }

        try
        {
            if (!described)
            {
                ModelFolder.SaveDescription(FullPath, model, Tokenizer);
                described = true;
            }

            SafetensorsWriter.Write(Path.Combine(FullPath, OptimizerName(state.Step)), optimizer.State);
            AtomicFile.WriteText(Path.Combine(FullPath, StateName(state.Step)), state.ToJson());
            ModelFolder.SaveWeights(FullPath, model, state.Step);
            SavedStep = state.Step;
            DeleteOthers(state.Step);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw NotSaved(e);
        }
    }

    private TrainingException NotSaved(Exception e)
    {
        string kept = SavedStep >= 0 ? FormattableString.Invariant($"; the state after step {SavedStep} is still there") : "";
        return new TrainingException($"The training cannot be saved in {FullPath}: {e.Message.TrimEnd('.')}{kept}.", e);
    }

    /// <summary>Finds out whether the folder of a resumed training can be written.</summary>
    /// <exception cref="TrainingException">It cannot.</exception>
    internal void Probe()
    {
        if (SavedStep < 0)
        {
            return;
        }

        string probe = Path.Combine(FullPath, ".probe.tmp");
        try
        {
            File.WriteAllBytes(probe, new byte[1 << 12]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotSaved(e);
        }
        finally
        {
            AtomicFile.DeleteQuietly(probe);
        }
    }

    private void DeleteOthers(long step)
    {
        string[] valid = [OptimizerName(step), StateName(step)];
        foreach (string path in Directory.EnumerateFiles(FullPath))
        {
            if (StepFile().IsMatch(Path.GetFileName(path)) && !valid.Contains(Path.GetFileName(path), StringComparer.Ordinal))
            {
                AtomicFile.DeleteQuietly(path);
            }
        }
    }

    /// <summary>The files of a step, and what an interrupted save left of them.</summary>
    [GeneratedRegex(@"^(optimizer-[0-9]+\.safetensors|training-[0-9]+\.json|\.optimizer-[0-9]+\.safetensors\.tmp|\.training-[0-9]+\.json\.tmp)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StepFile();

    private static string Full(string directory)
    {
        try
        {
            return Path.GetFullPath(directory);
        }
        catch (ArgumentException e)
        {
            throw new TrainingException($"{Excerpt.Of(directory)} is no name for a folder.", e);
        }
    }
}
