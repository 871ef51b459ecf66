namespace Fukami.Lab;

/// <summary>
/// Mean-field theory of recurrent layers with fresh weights: features are independent, pre-activations normal, and what came through
/// different random matrices does not correlate. docs/experiments/rnn-depth.md derives each line.
/// (Poole et al. 2016, Schoenholz et al. 2017; Chen et al. 2018 and Gilboa et al. 2019 for gated nets)
/// </summary>
internal static class CellMoments
{
    /// <summary>One time step.</summary>
    /// <param name="settings">The net; its gains give the weights' variances.</param>
    /// <param name="input">E x² of the layer's input.</param>
    /// <param name="before">The same layer one time step before.</param>
    public static StepMoments Step(RecurrentSettings settings, double input, StepMoments before) => settings.Cell switch
    {
        "elman" => Elman(settings, input, before),
        "lstm" => Lstm(settings, input, before),
        _ => Gru(settings, input, before),
    };

    // h = tanh(a), a ~ N(0, w·E x² + u·E h²)
    private static StepMoments Elman(RecurrentSettings settings, double input, StepMoments before)
    {
        (double w, double u) = Variances(settings);
        double q = (w * input) + (u * before.Hidden);
        double slope = Mean(GaussianMean.TanhSlope, q), slopeSquare = Mean(GaussianMean.TanhSlopeSquare, q);
        return new StepMoments
        {
            Hidden = Mean(GaussianMean.TanhSquare, q),
            PassMean = 1,
            PassSquare = 1,
            InputFromMemory = w * slopeSquare,
            InputMean = settings.InputGain * slope,
            RecurrentFromMemory = u * slopeSquare,
            RecurrentMean = settings.RecurrentGain * slope,
        };
    }

    // c = f·c₋ + i·g, h = o·tanh(c): m is the gradient of c, v that of h
    private static StepMoments Lstm(RecurrentSettings settings, double input, StepMoments before)
    {
        (double w, double u) = Variances(settings);
        double q = (w * input) + (u * before.Hidden);
        double gate = Mean(GaussianMean.SigmoidSquare, q), gateSlope = Mean(GaussianMean.SigmoidSlopeSquare, q);
        double forget = GaussianMean.Of(GaussianMean.SigmoidSquare, settings.ForgetBias, q), forgetSlope = GaussianMean.Of(GaussianMean.SigmoidSlopeSquare, settings.ForgetBias, q);
        double g = Mean(GaussianMean.TanhSquare, q), gSlope = Mean(GaussianMean.TanhSlopeSquare, q);
        double c = (forget * before.Memory) + (gate * g);
        double tanhC = Mean(GaussianMean.TanhSquare, c);

        // δo from h; δi, δf, δg from c. Over two time steps only δg does not vanish in the mean, where i is ½
        double ofHidden = tanhC * gateSlope;
        double ofMemory = (g * gateSlope) + (before.Memory * forgetSlope) + (gate * gSlope);
        double mean = 0.5 * Mean(GaussianMean.TanhSlope, q);
        return new StepMoments
        {
            Hidden = gate * tanhC,
            Memory = c,
            PassMean = 0.5 * Mean(GaussianMean.TanhSlope, c),
            PassSquare = gate * Mean(GaussianMean.TanhSlopeSquare, c),
            KeepMean = GaussianMean.Of(GaussianMean.Sigmoid, settings.ForgetBias, q),
            KeepSquare = forget,
            InputFromHidden = w * ofHidden,
            InputFromMemory = w * ofMemory,
            InputMean = settings.InputGain * mean,
            RecurrentFromHidden = u * ofHidden,
            RecurrentFromMemory = u * ofMemory,
            RecurrentMean = settings.RecurrentGain * mean,
        };
    }

    // h = (1 − z)·n + z·h₋, n = tanh(a + r·b), b ~ N(0, u·E h²): m is the gradient of h
    private static StepMoments Gru(RecurrentSettings settings, double input, StepMoments before)
    {
        (double w, double u) = Variances(settings);
        double ofHidden = u * before.Hidden, q = (w * input) + ofHidden;
        double gate = Mean(GaussianMean.SigmoidSquare, q), gateSlope = Mean(GaussianMean.SigmoidSlopeSquare, q);
        double candidate = (w * input) + (gate * ofHidden);
        double n = Mean(GaussianMean.TanhSquare, candidate);

        // E (1 − z)² = E z² and E z = E r = ½, the gates' bias being 0; over two time steps only δn does not vanish in the mean
        double deltaZ = (before.Hidden + n) * gateSlope;
        double deltaN = gate * Mean(GaussianMean.TanhSlopeSquare, candidate);
        double deltaR = deltaN * ofHidden * gateSlope;
        double mean = 0.5 * Mean(GaussianMean.TanhSlope, candidate);
        return new StepMoments
        {
            Hidden = gate * (n + before.Hidden),
            PassMean = 1,
            PassSquare = 1,
            KeepMean = 0.5,
            KeepSquare = gate,
            InputFromMemory = w * (deltaZ + deltaN + deltaR),
            InputMean = settings.InputGain * mean,
            RecurrentFromMemory = u * (deltaZ + (gate * deltaN) + deltaR),
            RecurrentMean = settings.RecurrentGain * 0.5 * mean,
        };
    }

    private static (double Input, double Recurrent) Variances(RecurrentSettings settings) =>
        (settings.InputGain * settings.InputGain, settings.RecurrentGain * settings.RecurrentGain);

    private static double Mean(Func<double, double> f, double variance) => GaussianMean.Of(f, 0, variance);
}
