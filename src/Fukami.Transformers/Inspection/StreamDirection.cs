namespace Fukami.Transformers;

/// <summary>
/// A direction that something reads at one position of the final stream, followed down through the layers: what each part of the stream says in it.
/// </summary>
/// <param name="model">A decoder or an encoder.</param>
/// <param name="pass">The pass, with what is needed captured.</param>
/// <param name="sentence">The sentence.</param>
/// <param name="position">The position.</param>
/// <param name="direction">The direction behind the final normalization, if there is one, (width).</param>
/// <param name="outputBias">What does not come from the stream.</param>
internal sealed class StreamDirection(Transformer model, PointCapture pass, int sentence, int position, double[] direction, double outputBias)
{
    private readonly ResidualArrangement arrangement = ResidualConnections.Find(model.Settings);
    private readonly List<AttributedComponent> components = [];
    private double[] direction = direction;

    /// <summary>What each part says, in the order of the forward pass.</summary>
    /// <param name="heads">Whether attention is taken apart.</param>
    public IReadOnlyList<AttributedComponent> Components(bool heads)
    {
        components.Clear();
        if (outputBias != 0)
        {
            Add("unembed.bias", outputBias);
        }

        if (arrangement.FinalNorm)
        {
            Through("ln_final");
        }

        var role = new StackRole(model.Settings.Depth, PartnerDepth: 0, Causal: true);
        double skip = arrangement.SkipGain(role);
        for (int layer = model.Settings.Depth - 1; layer >= 0; layer--)
        {
            Sublayer(layer, "mlp", "ln2", heads: false);
            Sublayer(layer, "attn", "ln1", heads);
        }

        if (model.Settings.EmbeddingNorm)
        {
            Through("ln_embed");
        }

        foreach (string embedding in model.PointNames.Where(name => name.EndsWith("embed", StringComparison.Ordinal)).Reverse())
        {
            Add(embedding, Dot(pass[embedding].Row(sentence, position)));
        }

        components.Reverse();
        return [.. components];

        void Sublayer(int layer, string part, string norm, bool heads)
        {
            if (arrangement.NormAfterSum)
            {
                Through(Layered.Point(layer, norm));
            }

            if (heads)
            {
                Heads(layer);
            }
            else
            {
                Add(Layered.Point(layer, $"{part}_out"), Dot(pass[Layered.Point(layer, $"{part}_out")].Row(sentence, position)));
            }

            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] *= skip;
            }
        }
    }

    private void Heads(int layer)
    {
        var outputs = HeadOutputs.Of(model, pass, layer, sentence, position);
        Add(Layered.Point(layer, "attn.out.bias"), Dot(outputs.Bias));
        for (int head = outputs.Heads - 1; head >= 0; head--)
        {
            Add(Layered.Point(layer, $"attn.head.{head}"), Dot(outputs[head]));
        }
    }

    private void Through(string norm)
    {
        (direction, double constant) = FixedNorm.Of(model, pass, norm, sentence, position).Pull(direction);
        if (constant != 0)
        {
            Add($"{norm}.bias", constant);
        }
    }

    private void Add(string name, double value) => components.Add(new AttributedComponent(name, value));

    private double Dot(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += direction[i] * row[i];
        }

        return sum;
    }
}
