using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Web;

/// <summary>What is seen of a model while it reads a prompt.</summary>
/// <param name="Report">The trace, with the logit lens where the model has logits.</param>
/// <param name="Whole">The trace without the cuts; the same one if there are none.</param>
/// <param name="Patterns">For each layer and head the attention pattern, a row for each query; empty for a layer without.</param>
/// <param name="Cuts">What was switched off.</param>
/// <param name="HasSkips">Whether there are skip paths to cut.</param>
public sealed record InsideView(TraceReport Report, TraceReport Whole, IReadOnlyList<IReadOnlyList<IReadOnlyList<float[]>>> Patterns, IReadOnlyList<Cut> Cuts, bool HasSkips)
{
    /// <summary>The model's settings.</summary>
    public TransformerSettings Settings => Report.Settings;

    /// <summary>The prompt.</summary>
    public TracePrompt Prompt => Report.Prompt;

    /// <summary>The likeliest tokens at the position in focus; none for a model without logits.</summary>
    public PredictionFigures? Prediction => InFocus(Report);

    /// <summary>The same of the whole model.</summary>
    public PredictionFigures? WholePrediction => InFocus(Whole);

    private PredictionFigures? InFocus(TraceReport report) => report.Predictions.FirstOrDefault(prediction => prediction.Position == Prompt.Focus) ?? (report.Predictions.Count > 0 ? report.Predictions[^1] : null);
}
