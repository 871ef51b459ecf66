namespace Fukami.Tensors;

/// <summary>What <see cref="MatrixProduct"/> computes, in three loops: tests hold the two together to the bit.</summary>
internal static unsafe class MatrixProductReference
{
    public static void Run(int rows, int columns, int depth, Matrix a, Matrix b, Matrix add, float* c, nint cRow)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                float sum = 0;
                for (int k = 0; k < depth; k++)
                {
                    sum = MathF.FusedMultiplyAdd(a.Pointer[(i * a.Row) + (k * a.Step)], b.Pointer[(k * b.Row) + (j * b.Step)], sum);
                }

                c[(i * cRow) + j] = add.IsNull ? sum : add.Pointer[(i * add.Row) + (j * add.Step)] + sum;
            }
        }
    }
}
