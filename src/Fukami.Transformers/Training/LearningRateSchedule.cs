using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// The learning rate of each step: up in a straight line during the warm-up, then constant, or down by half a cosine to the minimum
/// at the last step, as in nanoGPT. The cosine is the project's own, the same bits everywhere.
/// </summary>
public sealed class LearningRateSchedule(TrainingSettings settings)
{
    /// <summary>The rate of a step.</summary>
    /// <param name="step">0 for the first.</param>
    public float At(long step)
    {
        if (step < settings.WarmUp)
        {
            return (float)((double)settings.LearningRate * (step + 1) / (settings.WarmUp + 1.0));
        }

        if (settings.Schedule is "constant")
        {
            return settings.LearningRate;
        }

        if (step >= settings.Steps)
        {
            return settings.MinimumLearningRate;
        }

        double part = (double)(step - settings.WarmUp) / (settings.Steps - settings.WarmUp);
        double height = 0.5 * (1 + ReproducibleMath.SinCos(Math.PI * part).Cos);
        return (float)(settings.MinimumLearningRate + (height * ((double)settings.LearningRate - settings.MinimumLearningRate)));
    }
}
