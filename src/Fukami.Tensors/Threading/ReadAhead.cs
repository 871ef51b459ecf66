namespace Fukami.Tensors;

/// <summary>
/// What one thread's next steps will read that nobody has touched for long: weights, and what the forward pass left for the backward pass. A deep model's do not stay in the caches,
/// so the products' loops ask for them while they compute, one piece after another in the order in which they will be read.
/// </summary>
internal sealed unsafe class ReadAhead
{
    /// <summary>Floats that are noted ahead: more would be fetched too early, and push out what is read sooner.</summary>
    private const long Enough = 1 << 13;

    /// <summary>The largest piece that is worth it: it has to stay in the second cache.</summary>
    private const long LargestPiece = 1 << 18;

    private const int MostPieces = 8;

    private readonly Piece[] pieces = new Piece[MostPieces];
    private int first;
    private int count;
    private long floats;

    /// <summary>The last step that was asked what it reads.</summary>
    public int Step { get; private set; }

    /// <summary>Whether enough is noted for now.</summary>
    public bool HasEnough => floats >= Enough || count > MostPieces - 2;

    /// <summary>Begins anew, before a program's first step.</summary>
    public void Begin() => (Step, first, count, floats) = (0, 0, 0, 0);

    /// <summary>The thread has come to a step: what that one reads and has not come yet is no longer ahead.</summary>
    public void Reach(int reached)
    {
        Step = Math.Max(Step, reached);
        while (count > 0 && pieces[first].Step <= reached)
        {
            Drop();
        }
    }

    /// <summary>Goes on to the next step: what is noted from here on is read by that one.</summary>
    public void GoOn() => Step++;

    /// <summary>Notes that the step reads these neighbouring numbers.</summary>
    public void Note(float* memory, long length)
    {
        if (length > 0 && length <= LargestPiece && count < MostPieces)
        {
            pieces[(first + count++) % MostPieces] = new Piece(Step, memory, memory + length);
            floats += length;
        }
    }

    /// <summary>Where the next floats are that shall be asked for, so many at most; if there is nothing, another address.</summary>
    public float* Take(nint length, float* otherwise = null)
    {
        if (count == 0)
        {
            return otherwise;
        }

        ref var piece = ref pieces[first];
        float* at = piece.From;
        if (piece.To - at <= length)
        {
            Drop();
        }
        else
        {
            piece.From += length;
            floats -= length;
        }

        return at;
    }

    private void Drop()
    {
        floats -= pieces[first].To - pieces[first].From;
        first = (first + 1) % MostPieces;
        count--;
    }

    private struct Piece(int step, float* from, float* to)
    {
        public readonly int Step = step;
        public readonly float* To = to;
        public float* From = from;
    }
}
