namespace Fukami.Lab;

/// <summary>What one fresh net shows at its first step.</summary>
/// <param name="Stream">Root mean square of the residual stream's features: at the input of the first layer, then behind each layer; depth + 1 numbers.</param>
/// <param name="Gradient">‖∂L/∂W‖ of the feed-forward's second matrix, by layer; depth numbers.</param>
/// <param name="Adam">How far one step of Adam on the layers' weights moves the logits, root mean square.</param>
/// <param name="Sgd">The same of one step of plain gradient descent.</param>
internal sealed record FirstStep(double[] Stream, double[] Gradient, double Adam, double Sgd);
