namespace Fukami.Tensors;

// Planning of the backward pass: who owns which gradient, and which step adds to it when.
public sealed unsafe partial class Tape
{
    private readonly Pool unrecorded = new();

    /// <summary>
    /// Memory for a contribution to the gradient of an input, which the next step will make by the given division;
    /// nothing if the input wants none.
    /// </summary>
    internal GradientTarget Claim(Cell? cell, Division division)
    {
        if (cell is not { NeedsGradient: true })
        {
            return default;
        }

        if (cell.Parameter is { } parameter)
        {
            cell.Gradient = parameter.GradientPointer;
            cell.State = GradientState.Owned;
            cell.GradientWritten = parameter.GradientWritten;
            schedule.ReadsPart(cell.GradientWritten, division);
            var sum = new GradientTarget { From = parameter.HasGradient ? cell.Gradient : null, To = cell.Gradient };
            parameter.HasGradient = true;
            return sum;
        }

        var target = new GradientTarget { From = cell.Gradient };
        if (cell.State != GradientState.Owned)
        {
            cell.Gradient = cell.State == GradientState.None && !cell.IsConstant && cell.Parent is { } parent && TryShareMemory(parent, cell)
                ? parent.Gradient + cell.FirstColumn
                : arena.Take(cell.Rows * cell.Stride);
            cell.State = GradientState.Owned;
        }
        else if (cell.FilledByParts > 0)
        {
            CompleteParts(cell);
        }

        schedule.ReadsPart(cell.GradientWritten, division);
        target.To = cell.Gradient;
        return target;
    }

    /// <summary>Gives an input the output's gradient as it is: without a copy where the memory allows it, else by a step that adds.</summary>
    internal void PassOn(Cell from, Cell to)
    {
        if (!to.NeedsGradient)
        {
            return;
        }

        if (to.State == GradientState.None && to.Parent is null && to.Parameter is null && to.Stride == from.Stride && to.Rows == from.Rows)
        {
            to.Gradient = from.Gradient;
            to.State = GradientState.Borrowed;
            to.GradientWritten = from.GradientWritten;
            return;
        }

        AddTo(from, to, 1f);
    }

    /// <summary>Schedules a step that adds a multiple of one gradient to another.</summary>
    internal void AddTo(Cell from, Cell to, float factor)
    {
        var step = unrecorded.Next<AddGradient>();
        step.Output = from;
        step.Input = to;
        step.Factor = factor;
        step.PlanBackward(this);
    }

    /// <summary>
    /// A gradient that parts filled (query, key and value of one product, say) gets zeros in the columns that no part reached:
    /// somebody replaced that part, or nothing depends on it.
    /// </summary>
    private void CompleteParts(Cell cell)
    {
        if (cell.FilledByParts == 0)
        {
            return;
        }

        for (var part = cell.LastPart; part is not null; part = part.EarlierPart)
        {
            if (part.ReachesParent)
            {
                cell.GradientWritten = Written.Later(cell.GradientWritten, part.GradientWritten);
            }
        }

        if (cell.FilledByParts < cell.Columns)
        {
            for (int column = 0; column < cell.Columns;)
            {
                var part = PartAt(cell, column);
                if (part is not null)
                {
                    column += part.Columns;
                    continue;
                }

                int end = column + 1;
                while (end < cell.Columns && PartAt(cell, end) is null)
                {
                    end++;
                }

                var zeros = unrecorded.Next<ZeroGradient>();
                zeros.Output = cell;
                zeros.FirstColumn = column;
                zeros.EndColumn = end;
                zeros.PlanBackward(this);
                column = end;
            }
        }

        cell.FilledByParts = 0;
    }

    private static Cell? PartAt(Cell parent, int column)
    {
        for (var part = parent.LastPart; part is not null; part = part.EarlierPart)
        {
            if (part.FirstColumn <= column && column < part.FirstColumn + part.Columns && part.ReachesParent)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>Whether a part's gradient can lie in the parent's: if so far only other parts, which do not overlap it, have contributed.</summary>
    private bool TryShareMemory(Cell parent, Cell part)
    {
        if (parent.Gradient is null)
        {
            parent.Gradient = arena.Take(parent.Rows * parent.Stride);
            parent.State = GradientState.Owned;
            parent.FilledByParts = part.Columns;
            return true;
        }

        if (parent.FilledByParts == 0)
        {
            return false;
        }

        for (var other = parent.LastPart; other is not null; other = other.EarlierPart)
        {
            if (!ReferenceEquals(other, part) && other.ReachesParent
                && other.FirstColumn < part.FirstColumn + part.Columns && part.FirstColumn < other.FirstColumn + other.Columns)
            {
                return false;
            }
        }

        parent.FilledByParts += part.Columns;
        return true;
    }

    private void ForgetGradients()
    {
        for (int i = 0; i < cellCount; i++)
        {
            cells[i].Gradient = null;
            cells[i].State = GradientState.None;
            cells[i].FilledByParts = 0;
            cells[i].IsConstant = false;
        }
    }
}
