namespace Fukami.Tensors;

/// <summary>y = a·b, number by number.</summary>
internal sealed unsafe class Product : RowOperation
{
    protected override void ForwardPiece(int row, nint count) =>
        Widest.ForEach(new AddProduct(null, Input.Row(row), Other!.Row(row), Output.Row(row), count));

    protected override void BackwardPiece(int row, nint count)
    {
        if (InputGradient.IsWanted)
        {
            Widest.ForEach(new AddProduct(At(InputGradient.From, Input, row), Output.GradientRow(row), Other!.Row(row), At(InputGradient.To, Input, row), count));
        }

        if (OtherGradient.IsWanted)
        {
            Widest.ForEach(new AddProduct(At(OtherGradient.From, Other!, row), Output.GradientRow(row), Input.Row(row), At(OtherGradient.To, Other!, row), count));
        }
    }
}
