using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>One net to measure: its whole profile, or its last layer alone.</summary>
internal sealed record GradientFlowJob(Arrangement Arrangement, TransformerSettings Net, int Seed, bool Profile, int Batch)
{
    /// <summary>Roughly how many bytes it takes: weights with their gradients, and what every layer keeps for the backward pass.</summary>
    public double Bytes
    {
        get
        {
            double width = Net.Width, tokens = (double)Batch * Net.Length;
            double weights = (Net.Depth * ((4 * width * width) + (2 * width * Net.FeedForwardWidth))) + (2 * width * Net.Vocabulary);
            double layer = tokens * ((9 * width) + (2.0 * Net.FeedForwardWidth) + (2.0 * Net.Heads * Net.Length));
            return 8 * (weights + (Net.Depth * layer) + (tokens * Net.Vocabulary));
        }
    }

    /// <summary>Roughly how many floating-point operations it takes.</summary>
    public double Operations
    {
        get
        {
            double width = Net.Width, tokens = (double)Batch * Net.Length;
            double layer = (4 * width * width) + (2 * width * Net.FeedForwardWidth) + (2 * width * Net.Length);
            double weights = (Net.Depth * layer) + (width * Net.Vocabulary);

            // forward and backward, and forward again for the direct path; the last layer alone needs hardly any backward
            return tokens * weights * (Profile ? 8 : 2);
        }
    }
}
