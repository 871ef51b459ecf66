namespace Fukami.Tensors;

/// <summary>Pattern times values, the heads side by side.</summary>
internal sealed unsafe class AttentionMix : Operation
{
    public Cell Pattern = null!;
    public Cell Value = null!;
    public AttentionHeads Extents;
    private GradientTarget patternGradient;
    private GradientTarget valueGradient;

    public override void LookAhead(int step, bool isBackward, Worker worker)
    {
        if (isBackward)
        {
            LookAheadTo(Pattern, Extents.Division, worker);
            var whole = Value.Parent ?? Value; // queries and keys lie there too, and are read next
            worker.Later.Note(whole.Value, (long)whole.Rows * whole.Stride);
        }
    }

    public override void Forward(int step, Worker worker)
    {
        var e = Extents;
        e.Prefetch(Value, Value.Value, e.KeyHeads, e.Keys, worker);
        var (first, end) = e.Part(worker);
        for (int group = first; group < end; group++)
        {
            var (sentence, keyHead) = Math.DivRem(group, e.KeyHeads);
            var value = e.HeadOf(Value, Value.Value, sentence, keyHead);
            for (int head = keyHead * e.GroupHeads; head < (keyHead + 1) * e.GroupHeads; head++)
            {
                var pattern = e.SquareOf(Pattern.Value, sentence, head);
                var to = e.HeadOf(Output, Output.Value, sentence, head);
                for (int i = 0; i < e.Queries; i += AttentionHeads.QueryBlock)
                {
                    // Beyond the last visible key the pattern is 0: the sum ends there.
                    int endQuery = Math.Min(i + AttentionHeads.QueryBlock, e.Queries);
                    int visible = e.Visible(endQuery, Pattern.Diagonal);
                    MatrixProduct.Run(endQuery - i, e.Width, visible, pattern.From(i, 0), value, default, to.From(i, 0).Pointer, to.Row, worker);
                }
            }
        }
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsAll(Output.GradientWritten);
        patternGradient = tape.Claim(Pattern, Extents.Division);
        valueGradient = tape.Claim(Value, Extents.Division);
        if (patternGradient.IsWanted || valueGradient.IsWanted)
        {
            var written = schedule.Add(this, 0, isBackward: true, Extents.Division);
            if (patternGradient.IsWanted)
            {
                Pattern.GradientWritten = written;
            }

            if (valueGradient.IsWanted)
            {
                Value.GradientWritten = written;
            }
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var e = Extents;
        e.Prefetch(Output, Output.Gradient, e.Heads, e.Queries, worker);
        var (first, end) = e.Part(worker);
        for (int group = first; group < end; group++)
        {
            var (sentence, keyHead) = Math.DivRem(group, e.KeyHeads);
            for (int head = keyHead * e.GroupHeads; head < (keyHead + 1) * e.GroupHeads; head++)
            {
                var slope = e.HeadOf(Output, Output.Gradient, sentence, head);
                if (patternGradient.IsWanted)
                {
                    // dP = dz·vᵀ
                    var value = e.HeadOf(Value, Value.Value, sentence, keyHead);
                    var from = patternGradient.From == null ? default : e.SquareOf(patternGradient.From, sentence, head);
                    MatrixProduct.Run(e.Queries, e.Keys, e.Width, slope, value.Transposed, from, e.SquareOf(patternGradient.To, sentence, head).Pointer, e.Keys, worker);
                }

                if (valueGradient.IsWanted)
                {
                    ValueBackward(slope, sentence, head, keyHead, worker);
                }
            }
        }
    }

    /// <summary>dv = Pᵀ·dz, added up over the heads that share the value.</summary>
    private void ValueBackward(Matrix slope, int sentence, int head, int keyHead, Worker worker)
    {
        var e = Extents;
        var pattern = e.SquareOf(Pattern.Value, sentence, head);
        var to = e.HeadOf(Value, valueGradient.To, sentence, keyHead);
        bool isFirst = head == keyHead * e.GroupHeads;
        float* source = isFirst ? valueGradient.From : valueGradient.To;
        var from = source == null ? default : e.HeadOf(Value, source, sentence, keyHead);
        for (int j = 0; j < e.Keys; j += AttentionHeads.QueryBlock)
        {
            int endKey = Math.Min(j + AttentionHeads.QueryBlock, e.Keys);
            int firstQuery = (int)Math.Clamp((long)j - Pattern.Diagonal, 0, e.Queries);
            MatrixProduct.Run(endKey - j, e.Width, e.Queries - firstQuery, pattern.Transposed.From(j, firstQuery), slope.From(firstQuery, 0), from.IsNull ? from : from.From(j, 0), to.From(j, 0).Pointer, to.Row, worker);
        }
    }
}
