namespace Fukami.Lab;

/// <summary>One net to train.</summary>
/// <param name="Arrangement">Its arrangement.</param>
/// <param name="Training">The net and its training.</param>
/// <param name="Seed">The seed's number, from 0.</param>
internal sealed record DepthTrainingJob(Arrangement Arrangement, MarkovTraining Training, int Seed)
{
    /// <summary>Layers.</summary>
    public int Depth => Training.Net.Depth;
}
