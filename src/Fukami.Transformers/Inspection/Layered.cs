using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>Names within layers, such as <c>blocks.3.attn_out</c>, and what a model has under a name.</summary>
internal static class Layered
{
    /// <summary>The full name of a part of a layer.</summary>
    public static string Point(int layer, string name) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{name}");

    /// <summary>The stream in front of the first layer (0) and behind layer number 1, 2, ….</summary>
    public static string Stream(int index) => index == 0 ? Point(0, "resid_pre") : Point(index - 1, "resid_post");

    /// <summary>A parameter by its full name, if the model has it.</summary>
    public static Parameter? Parameter(this Transformer model, string name) =>
        model.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));

    /// <summary>Whether the model has a parameter.</summary>
    public static bool HasParameter(this Transformer model, string name) => model.Parameter(name) is not null;

    /// <summary>A parameter or a running statistic by its full name, if the model has it.</summary>
    public static Storage? Storage(this Transformer model, string name) =>
        model.Parameter(name) ?? model.Statistics.FirstOrDefault(statistic => string.Equals(statistic.Name, name, StringComparison.Ordinal));

    /// <summary>Refuses a layer that a model has not.</summary>
    public static void RequireLayer(Transformer model, int layer)
    {
        if (layer < 0 || layer >= model.Settings.Depth)
        {
            throw new InspectionException($"Layer {layer} was asked for; the model has layers 0 to {model.Settings.Depth - 1}.");
        }
    }

    /// <summary>Refuses a model without logits.</summary>
    public static void RequireLogits(Transformer model, string what)
    {
        if (model.Settings.Head == "none")
        {
            throw new InspectionException($"{what} reads logits, and the model's head is none: it gives its last stream; take one with head=linear or head=masked.");
        }
    }

    /// <summary>Whether the model's passes meet a point.</summary>
    public static bool HasPoint(this Transformer model, string name) => model.PointNames.Contains(name, StringComparer.Ordinal);

    /// <summary>Refuses an encoder-decoder, whose two stacks have two streams.</summary>
    public static void RequireOneStack(Transformer model, string what)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (string.Equals(model.Settings.Kind, "encoder-decoder", StringComparison.Ordinal))
        {
            throw new InspectionException($"{what} follows one residual stream; an encoder-decoder has two, so give a decoder or an encoder.");
        }
    }
}
