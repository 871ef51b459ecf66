using System.Text;

namespace Fukami.Transformers;

/// <summary>SentencePiece's <c>tokenizer.model</c>: BPE as in Llama, and Unigram. (sentencepiece_model.proto)</summary>
internal static class SentencePieceFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="config">The folder's tokenizer_config.json.</param>
    /// <exception cref="CheckpointException">The file is missing or damaged, or asks for what Fukami does not do.</exception>
    public static SentencePieceTokenizer Read(string path, TokenizerConfig config)
    {
        string name = Path.GetFileName(path);
        byte[] bytes = JsonFile.ReadBytes(path, TokenizerJson.MaximumBytes);
        var pieces = new List<SentencePiece>();
        var options = new SentencePieceOptions();
        try
        {
            ReadModel(bytes, pieces, options);
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw new CheckpointException($"{name} is no model of SentencePiece's: {e.Message}.", e);
        }

        Check(name, pieces, options);
        (int[] before, int[] behind) = Around(name, pieces, options, config);
        return new SentencePieceTokenizer(name, bytes, [.. pieces], options, before, behind);
    }

    // Llama's class puts the first token before a text unless told otherwise; Unigram's families have ways of their own
    private static (int[] Before, int[] Behind) Around(string name, List<SentencePiece> pieces, SentencePieceOptions options, TokenizerConfig config)
    {
        bool begins = !options.IsUnigram && (uint)options.Begin < (uint)pieces.Count && pieces[options.Begin].Kind is SentencePieceKind.Control;
        string[] own = begins && !(config.AddsBegin is false && config.Begin is null) ? [pieces[options.Begin].Text] : [];
        (string[] before, string[] behind) = config.Around(own, []);
        return (Ids(before), Ids(behind));

        int[] Ids(string[] tokens) => [.. tokens.Select(token => pieces.FindIndex(piece => string.Equals(piece.Text, token, StringComparison.Ordinal)) is var id and >= 0
            ? id
            : throw new CheckpointException($"{TokenizerConfig.FileName} puts {Excerpt.Of(token)} around a text, which is no piece of {name}."))];
    }

    private static void ReadModel(ReadOnlySpan<byte> bytes, List<SentencePiece> pieces, SentencePieceOptions options)
    {
        var model = new ProtobufReader(bytes);
        while (model.Next())
        {
            var part = new ProtobufReader(model.Bytes);
            switch (model.Field)
            {
                case 1 when model.HasLength:
                    pieces.Add(ReadPiece(part));
                    break;
                case 2 when model.HasLength:
                    while (part.Next())
                    {
                        options.Set(trainer: true, part.Field, part.Number, part.Bytes);
                    }

                    break;
                case 3 when model.HasLength:
                    while (part.Next())
                    {
                        options.Set(trainer: false, part.Field, part.Number, part.Bytes);
                    }

                    break;
            }
        }
    }

    private static SentencePiece ReadPiece(ProtobufReader part)
    {
        (string text, float score, SentencePieceKind kind) = ("", 0, SentencePieceKind.Normal);
        while (part.Next())
        {
            switch (part.Field)
            {
                case 1:
                    text = Strict.GetString(part.Bytes);
                    break;
                case 2:
                    score = part.Real;
                    break;
                case 3:
                    kind = (SentencePieceKind)(int)Math.Min(part.Number, 99);
                    break;
            }
        }

        return new SentencePiece(text, score, kind);
    }

    private static void Check(string name, List<SentencePiece> pieces, SentencePieceOptions options)
    {
        if (options.ModelType is not (1 or 2))
        {
            throw new CheckpointException($"{name} is of the type {(options.ModelType == 3 ? "word" : options.ModelType == 4 ? "char" : $"{options.ModelType}")}; of SentencePiece's types Fukami reads BPE and Unigram.");
        }

        if (!options.IsUnigram && options.NormalizerBytes > 0)
        {
            throw new CheckpointException($"{name} asks for a normalizer (precompiled_charsmap) before BPE, which Fukami does not apply.");
        }

        if (options.NormalizerBytes > 0 && options.Normalizer is not "nmt_nfkc")
        {
            throw new CheckpointException($"{name} asks for the normalizer {Excerpt.Of(options.Normalizer)}; before Unigram Fukami applies nmt_nfkc.");
        }

        if (!options.IsUnigram && options.RemoveExtraWhitespaces)
        {
            throw new CheckpointException($"{name} asks for remove_extra_whitespaces before BPE, which Fukami does not apply.");
        }

        if (!options.EscapeWhitespaces || options.SpaceIsSuffix)
        {
            throw new CheckpointException($"{name} keeps spaces unescaped or behind words, which Fukami does not do.");
        }

        var seen = new HashSet<string>(pieces.Count, StringComparer.Ordinal);
        int unknown = 0;
        int bytes = 0;
        foreach (SentencePiece piece in pieces)
        {
            if (piece.Text.Length == 0 || !seen.Add(piece.Text) || !Enum.IsDefined(piece.Kind) || !float.IsFinite(piece.Score))
            {
                throw new CheckpointException($"{name} has the piece {Excerpt.Of(piece.Text)}, which is empty, there twice, without a finite score or of no known kind.");
            }

            if (piece.Kind is SentencePieceKind.Byte && !SentencePieceTokenizer.IsByte(piece.Text, out _))
            {
                throw new CheckpointException($"{name} has the byte {Excerpt.Of(piece.Text)}, which is not written as <0x00> to <0xFF>.");
            }

            if (piece.Kind is SentencePieceKind.UserDefined && options.IsUnigram)
            {
                throw new CheckpointException($"{name} has the user-defined piece {Excerpt.Of(piece.Text)}, which Fukami does not follow in Unigram.");
            }

            unknown += piece.Kind is SentencePieceKind.Unknown ? 1 : 0;
            bytes += piece.Kind is SentencePieceKind.Byte ? 1 : 0;
        }

        if (unknown != 1 || bytes != (options.ByteFallback ? 256 : 0))
        {
            throw new CheckpointException($"{name} has {unknown} unknown pieces and {bytes} bytes; there must be 1 and {(options.ByteFallback ? 256 : 0)}.");
        }

        if (options.IsUnigram && options.ByteFallback)
        {
            throw new CheckpointException($"{name} is a Unigram with byte_fallback, which Fukami does not do.");
        }
    }
}
