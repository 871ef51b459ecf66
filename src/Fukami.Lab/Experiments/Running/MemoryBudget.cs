using System.Globalization;
using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Says before a run begins what it would take that the machine does not have.</summary>
internal static class MemoryBudget
{
    /// <summary>Roughly how many bytes a training step of a net takes: weights with gradients (and optimizer state), and what every layer keeps for the backward pass with its gradient.</summary>
    /// <param name="net">The net.</param>
    /// <param name="batch">Sentences, each as long as the net's context.</param>
    /// <param name="copies">Numbers kept for each weight: 2 for the weight and its gradient, 4 with Adam's moments.</param>
    public static double OfNet(TransformerSettings net, int batch, int copies = 2)
    {
        double width = net.Width, tokens = (double)batch * net.Length;
        double weights = (net.Depth * ((4 * width * width) + (2 * width * net.FeedForwardWidth))) + (2 * width * net.Vocabulary);
        double layer = tokens * ((9 * width) + (2.0 * net.FeedForwardWidth) + (2.0 * net.Heads * net.Length));
        return sizeof(float) * ((copies * weights) + (2 * ((net.Depth * layer) + (tokens * net.Vocabulary))));
    }

    /// <summary>Whether the machine has this many bytes.</summary>
    public static bool Fits(double bytes) => bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Refuses what does not fit.</summary>
    /// <exception cref="SettingException">More bytes are needed than the machine has.</exception>
    public static void Check(double bytes)
    {
        if (!Fits(bytes))
        {
            double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
            string needed = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"), there = string.Create(CultureInfo.InvariantCulture, $"{available / 1e9:0.#} GB");
            throw new SettingException(new LocalizedText(
                $"This needs about {needed} of memory and the machine has {there}; choose a smaller depth, width, length or batch.",
                $"約 {needed} のメモリが必要ですが、このマシンには {there} しかありません。depth、width、length、batch のいずれかを小さくしてください。"));
        }
    }
}
