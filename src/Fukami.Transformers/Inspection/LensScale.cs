namespace Fukami.Transformers;

/// <summary>By which scale the logit lens divides a stream in the final normalization.</summary>
public enum LensScale
{
    /// <summary>The stream's own, as if the layers above were cut off.</summary>
    Own,

    /// <summary>The final stream's: what a layer adds to a logit is then the difference between two rows of the lens.</summary>
    Final,
}
