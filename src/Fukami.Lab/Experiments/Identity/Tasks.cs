using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>What the nets of <see cref="Identity"/> are trained on.</summary>
internal static class Tasks
{
    private const int Causes = 4;

    /// <summary>f(x) = x, x from N(0, 1): every feature has variance 1, so who always answers 0 has an error of 1.</summary>
    public static Regression Copy(int width) => new(width, static (inputs, targets, random) =>
    {
        random.FillNormal(inputs, 1);
        inputs.CopyTo(targets);
    });

    /// <summary>
    /// A function that a net must change its stream for, and that a plain one of a few blocks can still learn: four causes z from N(0, 1) show in every feature,
    /// x = E·z, and every target is a wave of them, y = sin(T·z)/√((1 − e⁻²)/2), of variance about 1.
    /// </summary>
    /// <param name="width">Features.</param>
    /// <param name="random">Draws E and T, of variance 1/4.</param>
    public static Regression Waves(int width, RandomSource random)
    {
        var shows = new float[Causes * width];
        var directions = new float[Causes * width];
        random.Split("shows").FillNormal(shows, 0.5f);
        random.Split("directions").FillNormal(directions, 0.5f);
        float amplitude = (float)(1 / Math.Sqrt((1 - ReproducibleMath.Exp(-2)) / 2));
        return new Regression(width, (inputs, targets, source) =>
        {
            Span<float> causes = stackalloc float[Causes];
            for (int example = 0; example < inputs.Length / width; example++)
            {
                source.Split((ulong)example).FillNormal(causes, 1);
                for (int feature = 0; feature < width; feature++)
                {
                    float x = 0, phase = 0;
                    for (int cause = 0; cause < Causes; cause++)
                    {
                        x += shows[(cause * width) + feature] * causes[cause];
                        phase += directions[(cause * width) + feature] * causes[cause];
                    }

                    inputs[(example * width) + feature] = x;
                    targets[(example * width) + feature] = amplitude * (float)ReproducibleMath.SinCos(phase).Sin;
                }
            }
        });
    }
}
