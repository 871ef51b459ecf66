namespace Fukami.Tensors;

/// <summary>Scores q·kᵀ·scale of every head, with −∞ where a query may not see.</summary>
internal sealed unsafe class AttentionScores : Operation
{
    public Cell Query = null!;
    public Cell Key = null!;
    public AttentionHeads Extents;
    public float Scale;

    /// <summary>One number a key of the batch, 0 for padding; null where there is none.</summary>
    public int* RealKeys;

    private GradientTarget queryGradient;
    private GradientTarget keyGradient;

    public override void Forward(int step, Worker worker)
    {
        var e = Extents;
        int width = (e.Keys + 15) / 16 * 16;
        e.Prefetch(Key, Key.Value, e.KeyHeads, e.Keys, worker);
        e.Prefetch(Query, Query.Value, e.Heads, e.Queries, worker);
        var (first, end) = e.Part(worker);
        for (int group = first; group < end; group++)
        {
            var (sentence, keyHead) = Math.DivRem(group, e.KeyHeads);
            var key = e.HeadOf(Key, Key.Value, sentence, keyHead);
            if (e.Queries == 1)
            {
                OneQuery(key, sentence, keyHead, worker);
                continue;
            }

            float* turned = worker.Scratch((long)e.Width * width, drawer: 1);
            Packing.Transpose(key.Pointer, key.Row, turned, width, e.Keys, e.Width, width, Scale, null, 0);
            for (int head = keyHead * e.GroupHeads; head < (keyHead + 1) * e.GroupHeads; head++)
            {
                var query = e.HeadOf(Query, Query.Value, sentence, head);
                var scores = e.SquareOf(Output.Value, sentence, head);
                for (int i = 0; i < e.Queries; i += AttentionHeads.QueryBlock)
                {
                    int endQuery = Math.Min(i + AttentionHeads.QueryBlock, e.Queries);
                    int visible = e.Visible(endQuery, Output.Diagonal);
                    MatrixProduct.Run(endQuery - i, visible, e.Width, query.From(i, 0), new Matrix(turned, width), default, scores.From(i, 0).Pointer, e.Keys, worker);
                }

                Hide(scores.Pointer, scores.Pointer, 1, float.NegativeInfinity, sentence);
            }
        }
    }

    /// <summary>A single query reads each key once, as it lies: nothing is gained by turning them first.</summary>
    private void OneQuery(Matrix key, int sentence, int keyHead, Worker worker)
    {
        var e = Extents;
        for (int head = keyHead * e.GroupHeads; head < (keyHead + 1) * e.GroupHeads; head++)
        {
            var query = e.HeadOf(Query, Query.Value, sentence, head);
            float* scores = e.SquareOf(Output.Value, sentence, head).Pointer;
            OneRowProduct.RunTurned(e.Visible(1, Output.Diagonal), e.Width, query, key.Transposed, Scale, default, scores, worker);
            Hide(scores, scores, 1, float.NegativeInfinity, sentence);
        }
    }

    public override void PlanBackward(Tape tape)
    {
        var schedule = tape.Schedule;
        schedule.ReadsPart(Output.GradientWritten, Extents.Division);
        queryGradient = tape.Claim(Query, Extents.Division);
        keyGradient = tape.Claim(Key, Extents.Division);
        if (queryGradient.IsWanted || keyGradient.IsWanted)
        {
            var written = schedule.Add(this, 0, isBackward: true, Extents.Division);
            if (queryGradient.IsWanted)
            {
                Query.GradientWritten = written;
            }

            if (keyGradient.IsWanted)
            {
                Key.GradientWritten = written;
            }
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var e = Extents;
        var (first, end) = e.Part(worker);
        for (int group = first; group < end; group++)
        {
            var (sentence, keyHead) = Math.DivRem(group, e.KeyHeads);
            for (int head = keyHead * e.GroupHeads; head < (keyHead + 1) * e.GroupHeads; head++)
            {
                var slope = Scaled(e.SquareOf(Output.Gradient, sentence, head), sentence, worker);
                if (queryGradient.IsWanted)
                {
                    QueryBackward(slope, sentence, head, keyHead, worker);
                }

                if (keyGradient.IsWanted)
                {
                    KeyBackward(slope, sentence, head, keyHead, worker);
                }
            }
        }
    }

    /// <summary>scale · dS, with 0 where the score was hidden.</summary>
    private Matrix Scaled(Matrix slope, int sentence, Worker worker)
    {
        var e = Extents;
        float* scaled = worker.Scratch((long)e.Queries * e.Keys, drawer: 1);
        Hide(slope.Pointer, scaled, Scale, 0f, sentence);
        return new Matrix(scaled, e.Keys);
    }

    /// <summary>dq = scale · dS·k.</summary>
    private void QueryBackward(Matrix slope, int sentence, int head, int keyHead, Worker worker)
    {
        var e = Extents;
        var key = e.HeadOf(Key, Key.Value, sentence, keyHead);
        var to = e.HeadOf(Query, queryGradient.To, sentence, head);
        var from = queryGradient.From == null ? default : e.HeadOf(Query, queryGradient.From, sentence, head);
        for (int i = 0; i < e.Queries; i += AttentionHeads.QueryBlock)
        {
            int endQuery = Math.Min(i + AttentionHeads.QueryBlock, e.Queries);
            int visible = e.Visible(endQuery, Output.Diagonal);
            MatrixProduct.Run(endQuery - i, e.Width, visible, slope.From(i, 0), key, from.IsNull ? from : from.From(i, 0), to.From(i, 0).Pointer, to.Row, worker);
        }
    }

    /// <summary>dk = scale · dSᵀ·q, added up over the heads that share the key.</summary>
    private void KeyBackward(Matrix slope, int sentence, int head, int keyHead, Worker worker)
    {
        var e = Extents;
        var query = e.HeadOf(Query, Query.Value, sentence, head);
        var to = e.HeadOf(Key, keyGradient.To, sentence, keyHead);
        bool isFirst = head == keyHead * e.GroupHeads;
        float* source = isFirst ? keyGradient.From : keyGradient.To;
        var from = source == null ? default : e.HeadOf(Key, source, sentence, keyHead);
        for (int j = 0; j < e.Keys; j += AttentionHeads.QueryBlock)
        {
            // Queries before the first that sees key j contribute 0: the sum begins at the first that does.
            int endKey = Math.Min(j + AttentionHeads.QueryBlock, e.Keys);
            int firstQuery = (int)Math.Clamp((long)j - Output.Diagonal, 0, e.Queries);
            MatrixProduct.Run(endKey - j, e.Width, e.Queries - firstQuery, slope.Transposed.From(j, firstQuery), query.From(firstQuery, 0), from.IsNull ? from : from.From(j, 0), to.From(j, 0).Pointer, to.Row, worker);
        }
    }

    /// <summary>One head's factor·x where its queries may see, and a constant elsewhere.</summary>
    private void Hide(float* x, float* y, float factor, float hidden, int sentence)
    {
        var e = Extents;
        if (x != y || Output.Diagonal != Cell.SeesAll)
        {
            Widest.Run(new HideRows(x, y, e.Queries, e.Keys, Output.Diagonal, factor, hidden));
        }

        if (RealKeys == null)
        {
            return;
        }

        int* real = RealKeys + ((nint)sentence * e.Keys);
        for (int q = 0; q < e.Queries; q++)
        {
            for (int j = 0; j < e.Keys; j++)
            {
                if (real[j] == 0)
                {
                    y[((nint)q * e.Keys) + j] = hidden;
                }
            }
        }
    }
}
