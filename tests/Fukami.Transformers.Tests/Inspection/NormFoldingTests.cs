using CsCheck;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

public sealed class NormFoldingTests
{
    [Fact]
    public void Folding_leaves_the_logits_unchanged_but_for_rounding() => AnyNet.Any.Where(Foldable).Sample(Check, iter: 150, threads: 1);

    [Theory]
    [MemberData(nameof(AnyNet.FamilyNames), MemberType = typeof(AnyNet))]
    public void Every_family_folds(string family) => Check(AnyNet.Family(family));

    [Fact]
    public void All_norms_in_front_of_linear_maps_are_folded_and_the_others_kept()
    {
        Assert.Equal(["blocks.0.ln1", "blocks.0.ln2", "blocks.1.ln1", "blocks.1.ln2", "ln_final"], Fold("gpt2").Folded);
        Assert.Empty(Fold("gpt2").Kept);
        Assert.Equal(["blocks.1.ln2", "head.ln"], Fold("bert").Folded);
        Assert.Equal(["ln_embed", "blocks.0.ln1", "blocks.0.ln2", "blocks.1.ln1"], Fold("bert").Kept);
        Assert.Equal(["blocks.0.ln1", "blocks.0.ln2", "blocks.1.ln1", "blocks.1.ln2", "ln_final"], Fold("gemma2").Folded);
        Assert.Equal(["blocks.0.ln1_post", "blocks.0.ln2_post", "blocks.1.ln1_post", "blocks.1.ln2_post"], Fold("gemma2").Kept);
    }

    [Fact]
    public void A_net_without_such_a_norm_is_refused() => Assert.Equal(
        "Nothing can be folded: in a net with residual=rezero and norm=layer no normalization with a gain is read by linear maps alone; give one with normalizations in front of its sublayers.",
        Assert.Throws<InspectionException>(() => NormFolding.Fold(Sample.Model(Sample.Settings with { Residual = "rezero" }))).Message);

    private static void Check(TransformerSettings settings)
    {
        Transformer model = Sample.Model(settings);
        TokenBatch batch = Sample.Batch(model, 2, 5);
        byte[] before = Small.Bits(model);
        FoldedModel folded = NormFolding.Fold(model);
        Assert.Equal(before, Small.Bits(model));

        float[] expected = Sample.Logits(model, batch), actual = Sample.Logits(folded.Model, batch);
        Assert.InRange(Difference(expected, actual), 0, Math.Max(1e-4, 4 * Sensitivity(model, batch, expected)));

        float offset = settings.Norm == "rms-offset" ? 1 : 0;
        foreach (string norm in folded.Folded)
        {
            float one = norm == "head.ln" ? 1 : 1 - offset;
            Assert.All(folded.Model.Parameters.Single(p => p.Name == $"{norm}.gain").Values.ToArray(), gain => Assert.Equal(one, gain));
            Assert.All(folded.Model.Parameters.SingleOrDefault(p => p.Name == $"{norm}.bias")?.Values.ToArray() ?? [], bias => Assert.Equal(0, bias));
        }
    }

    // What the logits change by when every weight moves by eight roundings up or down: without sums or among small deviations a net can magnify them a thousand times.
    private static double Sensitivity(Transformer model, TokenBatch batch, float[] logits)
    {
        Transformer moved = Sample.Model(model.Settings);
        foreach (Parameter parameter in moved.Parameters)
        {
            RandomSource random = new RandomSource(1).Split(parameter.Name);
            for (int i = 0; i < parameter.Values.Length; i++)
            {
                parameter.Values[i] *= 1 + (random.Below((ulong)i, 2) == 0 ? -1e-6f : 1e-6f);
            }
        }

        return Difference(logits, Sample.Logits(moved, batch));
    }

    // relative norm
    private static double Difference(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / expected.Sum(logit => (double)logit * logit));

    private static bool Foldable(TransformerSettings settings) =>
        settings.Head == "masked" || (settings.Norm != "none" && settings.Residual is not ("none" or "plain" or "rezero"));

    private static FoldedModel Fold(string family) => NormFolding.Fold(Sample.Model(AnyNet.Family(family)));
}
