using System.Globalization;
using Fukami.Tensors;

namespace Fukami.Lab;

/// <summary>A stack of fully connected blocks, with or without skip paths, and a linear read-out if there is one: the net without attention that residual connections were made for. (He et al. 2016)</summary>
/// <param name="blocks">The blocks in their order.</param>
/// <param name="readOut">(width, width), or none.</param>
internal sealed class MultilayerNet(IReadOnlyList<MultilayerBlock> blocks, Parameter? readOut = null)
{
    /// <summary>The blocks in their order.</summary>
    public IReadOnlyList<MultilayerBlock> Blocks => blocks;

    /// <summary>All that is learned.</summary>
    public IReadOnlyList<Parameter> Parameters { get; } = [.. blocks.SelectMany(b => b.Parameters), .. readOut is null ? [] : (Parameter[])[readOut]];

    /// <summary>A fresh net. Block i draws from the source split by its number, so that a deeper net begins with the blocks of a shallower one.</summary>
    /// <param name="count">Blocks.</param>
    /// <param name="width">Features.</param>
    /// <param name="residual">The blocks' arrangement, see <see cref="MultilayerBlock"/>.</param>
    /// <param name="norm"><c>layer</c> or <c>rms</c>.</param>
    /// <param name="random">Draws the weights.</param>
    /// <param name="reads">Whether it has a linear read-out.</param>
    public static MultilayerNet Fresh(int count, int width, string residual, string norm, RandomSource random, bool reads = false)
    {
        Parameter? readOut = null;
        if (reads)
        {
            readOut = new Parameter("read_out", new Shape(width, width));
            random.Split("read_out").FillNormal(readOut.Values, (float)Math.Sqrt(1.0 / width));
        }

        return new MultilayerNet([.. Enumerable.Range(0, count).Select(i => new MultilayerBlock(width, residual, norm, BlockSource(random, i)))], readOut);
    }

    /// <summary>The net without one of its blocks; what is left shares its parameters.</summary>
    public MultilayerNet Without(int block) => new([.. blocks.Where((_, i) => i != block)], readOut);

    /// <summary>The net with fresh blocks behind its own.</summary>
    public MultilayerNet With(int count, int width, string residual, string norm, RandomSource random) =>
        new([.. blocks, .. Enumerable.Range(0, count).Select(i => new MultilayerBlock(width, residual, norm, BlockSource(random, blocks.Count + i)))], readOut);

    /// <summary>(batch, width) to (batch, width).</summary>
    public Tensor Forward(Tensor x)
    {
        foreach (MultilayerBlock block in blocks)
        {
            x = block.Forward(x);
        }

        return readOut is null ? x : x.Linear(readOut);
    }

    private static RandomSource BlockSource(RandomSource random, int block) => random.Split(string.Create(CultureInfo.InvariantCulture, $"block {block}"));
}
