using System.Text;

namespace Fukami.Transformers;

/// <summary>What a SentencePiece model says of itself: the parts of its TrainerSpec and NormalizerSpec that change ids.</summary>
internal sealed class SentencePieceOptions
{
    /// <summary>1 Unigram, 2 BPE, 3 words, 4 characters.</summary>
    public int ModelType { get; private set; } = 1;

    /// <summary>Whether it is Unigram.</summary>
    public bool IsUnigram => ModelType == 1;

    /// <summary>Whether characters without a piece become their bytes.</summary>
    public bool ByteFallback { get; private set; }

    /// <summary>The id of the token before a text; −1 for none.</summary>
    public int Begin { get; private set; } = 1;

    /// <summary>Whether a space is put before a text.</summary>
    public bool AddDummyPrefix { get; private set; } = true;

    /// <summary>Whether runs of spaces become one.</summary>
    public bool RemoveExtraWhitespaces { get; private set; } = true;

    /// <summary>Whether a space is written ▁.</summary>
    public bool EscapeWhitespaces { get; private set; } = true;

    /// <summary>Whether ▁ stands behind a word.</summary>
    public bool SpaceIsSuffix { get; private set; }

    /// <summary>How long the normalizer's table is.</summary>
    public int NormalizerBytes { get; private set; }

    /// <summary>The normalizer's name.</summary>
    public string Normalizer { get; private set; } = "";

    /// <summary>Takes one field.</summary>
    public void Set(bool trainer, int field, ulong number, ReadOnlySpan<byte> bytes)
    {
        switch (trainer, field)
        {
            case (true, 3):
                ModelType = (int)Math.Min(number, 99);
                break;
            case (true, 24):
                SpaceIsSuffix = number != 0;
                break;
            case (true, 35):
                ByteFallback = number != 0;
                break;
            case (true, 41):
                Begin = unchecked((int)number);
                break;
            case (false, 1):
                Normalizer = Encoding.UTF8.GetString(bytes);
                break;
            case (false, 2):
                NormalizerBytes = bytes.Length;
                break;
            case (false, 3):
                AddDummyPrefix = number != 0;
                break;
            case (false, 4):
                RemoveExtraWhitespaces = number != 0;
                break;
            case (false, 5):
                EscapeWhitespaces = number != 0;
                break;
        }
    }
}
