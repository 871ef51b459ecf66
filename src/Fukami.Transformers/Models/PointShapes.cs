namespace Fukami.Transformers;

/// <summary>The shapes that named points have.</summary>
internal static class PointShapes
{
    public const string Stream = "(batch, length, width)";
    public const string Sentence = "(batch, 1, width)";
    public const string Scale = "(batch, length, 1)";
    public const string Query = "(batch, length, heads · head_width)";
    public const string Key = "(batch, length, key_value_heads · head_width)";
    public const string SourceKey = "(batch, source_length, key_value_heads · head_width)";
    public const string Pattern = "(batch, heads, length, length)";
    public const string SourcePattern = "(batch, heads, length, source_length)";
    public const string Hidden = "(batch, length, feed_forward_width)";
    public const string Logits = "(batch, length, vocabulary)";
}
