namespace Fukami.Tensors;

/// <summary>Rows of a table by their ids.</summary>
internal sealed unsafe class TableLookup : Operation
{
    public Cell Table = null!;
    public int* Ids;
    private GradientTarget target;

    public override void Forward(int step, Worker worker)
    {
        var (first, end) = Output.Division.Part(worker);
        for (int row = first; row < end; row++)
        {
            var to = new Span<float>(Output.Row(row), Output.Columns);
            if (Table.Storage!.Order is NumberOrder.PanelsOfTranspose)
            {
                Panels.CopyColumn(Table.Value, Output.Columns, Table.Rows, Ids[row], to);
            }
            else
            {
                new ReadOnlySpan<float>(Table.Row(Ids[row]), Output.Columns).CopyTo(to);
            }
        }
    }

    public override void PlanBackward(Tape tape)
    {
        target = tape.Claim(Table, default);
        if (target.IsWanted)
        {
            tape.Schedule.ReadsAll(Output.GradientWritten);
            tape.Schedule.AddWhenever(this, 0, Division.OfColumns(Output.Columns), Table);
        }
    }

    public override void Backward(int step, Worker worker)
    {
        var (first, end) = Division.OfColumns(Output.Columns).Part(worker);
        int columns = end - first;
        if (columns <= 0)
        {
            return;
        }

        if (target.From == null)
        {
            for (int row = 0; row < Table.Rows; row++)
            {
                new Span<float>(target.To + (row * Table.Stride) + first, columns).Clear();
            }
        }

        for (int row = 0; row < Output.Rows; row++)
        {
            float* to = target.To + (Ids[row] * Table.Stride) + first;
            Widest.ForEach(new Sum(to, Output.GradientRow(row) + first, to, columns));
        }
    }
}
