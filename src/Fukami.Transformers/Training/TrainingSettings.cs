using System.Text.Json;

namespace Fukami.Transformers;

/// <summary>
/// How a model is trained. The defaults are nanoGPT's recipe for a small text on a processor; with the model settings' own defaults
/// they train a text of a megabyte on a laptop in minutes.
/// </summary>
public sealed record TrainingSettings
{
    /// <summary>All settings, each with its name, bounds and explanation.</summary>
    public static SettingsTable<TrainingSettings> Table { get; } = TrainingSettingsTable.Create();

    /// <summary>Changes of the parameters.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Examples of one pass.</summary>
    public int Batch { get; init; } = 12;

    /// <summary>Passes whose gradients are averaged for one step.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>The learning rate after the warm-up.</summary>
    public float LearningRate { get; init; } = 1e-3f;

    /// <summary>The learning rate at the end of the cosine schedule.</summary>
    public float MinimumLearningRate { get; init; } = 1e-4f;

    /// <summary>Steps in which the learning rate rises from nearly 0.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary><c>constant</c> or <c>cosine</c>, after the warm-up.</summary>
    public string Schedule { get; init; } = "cosine";

    /// <summary><c>adamw</c> or <c>sgd</c>.</summary>
    public string Optimizer { get; init; } = "adamw";

    /// <summary>β₁ of AdamW: share of the old in the mean of gradients.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂ of AdamW: share of the old in the mean of squares.</summary>
    public float Beta2 { get; init; } = 0.99f;

    /// <summary>Share of a matrix, times the learning rate, that every step takes away. Gains, biases and scalars are spared.</summary>
    public float WeightDecay { get; init; } = 0.1f;

    /// <summary>Momentum of SGD.</summary>
    public float Momentum { get; init; } = 0.9f;

    /// <summary>Largest norm of the gradient of all parameters together; longer ones are shortened to it. 0: none are. (Pascanu et al. 2013)</summary>
    public float Clip { get; init; } = 1;

    /// <summary>Steps from one evaluation on all held-out examples to the next; 0: only after the last step.</summary>
    public int EvaluateEvery { get; init; } = 250;

    /// <summary>Steps from one saved state to the next; 0: only after the last step.</summary>
    public int SaveEvery { get; init; } = 250;

    /// <summary>All randomness of the training follows from it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>These settings with one changed, as <c>--set name=value</c> asks.</summary>
    /// <exception cref="SettingsException">The name is unknown or the value not allowed.</exception>
    public TrainingSettings With(string name, string value) => Table.With(this, name, value);

    /// <summary>These settings, if every value is within its bounds and none contradicts another.</summary>
    /// <exception cref="SettingsException">One is or does.</exception>
    public TrainingSettings Validate()
    {
        Table.Check(this);
        if (Schedule is "cosine" && MinimumLearningRate > LearningRate)
        {
            throw new SettingsException(FormattableString.Invariant($"minimum_learning_rate {MinimumLearningRate} is above learning_rate {LearningRate}; the cosine schedule goes from the one down to the other."));
        }

        return this;
    }

    /// <summary>Writes every setting that applies as a property of the JSON object that the writer is in.</summary>
    public void Write(Utf8JsonWriter writer) => Table.Write(writer, this);
}
