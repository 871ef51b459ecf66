namespace Fukami.Lab;

/// <summary>What one trained net gives in training mode against inference mode, by batch size.</summary>
/// <param name="Logits">‖training − inference‖/‖inference‖ of the logits.</param>
/// <param name="Settled">The same after the running statistics have come to rest under unchanging weights.</param>
/// <param name="Loss">Mean loss in training mode minus that in inference mode, in nats, with settled statistics.</param>
internal sealed record GapFinding(double[] Logits, double[] Settled, double[] Loss);
