using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>A saved training, from which <see cref="Trainer.Resume"/> goes on.</summary>
public sealed class TrainingCheckpoint
{
    private TrainingCheckpoint(TrainingFolder folder, Transformer model, TrainingState state) => (Folder, Model, State) = (folder, model, state);

    /// <summary>Where it is kept.</summary>
    public TrainingFolder Folder { get; }

    /// <summary>The model as it was.</summary>
    public Transformer Model { get; }

    /// <summary>The tokenizer of the model; none for a task.</summary>
    public ITokenizer? Tokenizer => Folder.Tokenizer;

    /// <summary>Everything else.</summary>
    public TrainingState State { get; }

    /// <summary>Reads the state that was saved last.</summary>
    /// <exception cref="CheckpointException">There is none, or a file of it is damaged.</exception>
    public static TrainingCheckpoint Open(string directory)
    {
        ModelFolder folder = ModelFolder.Open(directory);
        if (!folder.Metadata.TryGetValue(TrainingFolder.StepKey, out string? text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long step))
        {
            throw new CheckpointException($"{directory} holds a model but no training that could go on: {ModelFolder.WeightsName} names no {TrainingFolder.StepKey}.");
        }

        TrainingState state = TrainingState.Read(Path.Combine(directory, TrainingFolder.StateName(step)), step);
        return new TrainingCheckpoint(TrainingFolder.Existing(directory, folder.Tokenizer, step), folder.Model, state);
    }

    /// <summary>Gives an optimizer the moments that were saved.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged, or of another optimizer.</exception>
    internal void Restore(Optimizer optimizer)
    {
        string name = TrainingFolder.OptimizerName(State.Step);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Folder.FullPath, name));
        WeightsReader.Read(file, name, optimizer.State);
        optimizer.Steps = State.Step;
    }
}
