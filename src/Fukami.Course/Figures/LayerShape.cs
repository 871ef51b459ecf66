using Fukami.Transformers;

namespace Fukami.Course;

/// <summary>Where a layer's skip paths and normalizations stand, as its arrangement builds them: what drawings of it follow from.</summary>
/// <param name="HasSkip">Whether each sublayer has a skip path around it.</param>
/// <param name="NormBefore">Whether a normalization stands in front of the sublayer, beside the skip path.</param>
/// <param name="NormOfBranch">Whether a normalization stands behind the sublayer, before the sum.</param>
/// <param name="NormAfterSum">Whether a normalization stands behind the sum, on the stream's own way.</param>
/// <param name="ScalesSkip">Whether the skip path is multiplied by a factor other than 1.</param>
/// <param name="ScalesBranch">Whether the sublayer's output is multiplied by a learned factor.</param>
/// <param name="ScalesInput">Whether what enters the sublayer is divided by a factor that grows with the layer's number.</param>
/// <param name="IsParallel">Whether the sublayers stand beside each other, behind one normalization.</param>
public sealed record LayerShape(bool HasSkip, bool NormBefore, bool NormOfBranch, bool NormAfterSum, bool ScalesSkip, bool ScalesBranch, bool ScalesInput, bool IsParallel)
{
    private const int SomeLayer = 4;

    /// <summary>A sublayer with a skip path and nothing else: y = x + F(x).</summary>
    public static LayerShape ResidualBlock { get; } = new(HasSkip: true, false, false, false, false, false, false, false);

    /// <summary>The shape of an arrangement; none if there is none of this name.</summary>
    /// <param name="residual">Its name, as <c>--set residual=</c> takes it.</param>
    public static LayerShape? Of(string residual)
    {
        if (ResidualConnections.All.FirstOrDefault(known => string.Equals(known.Name, residual, StringComparison.Ordinal)) is not { } arrangement)
        {
            return null;
        }

        // what a layer consists of is read off a small model: its parameters' names
        string[] parameters = [.. Transformer.Blank(new TransformerSettings { Residual = residual, Depth = 1, Width = 4, Heads = 1, FeedForwardWidth = 4, Vocabulary = 2, Length = 2 }).Parameters.Select(parameter => parameter.Name)];
        double skip = arrangement.SkipGain(new StackRole(SomeLayer, 0, Causal: true));
        return new LayerShape(
            HasSkip: skip != 0,
            arrangement.NormBefore,
            NormOfBranch: Has("ln1_post"),
            arrangement.NormAfterSum,
            ScalesSkip: skip is not (0 or 1),
            ScalesBranch: Has("residual_scale"),
            ScalesInput: arrangement.InputGain(SomeLayer) != 1,
            IsParallel: arrangement.NormBefore && !Has("ln2"));

        bool Has(string part) => Array.Exists(parameters, name => name.Split('.').Contains(part, StringComparer.Ordinal));
    }
}
