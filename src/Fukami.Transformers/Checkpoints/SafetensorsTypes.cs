namespace Fukami.Transformers;

/// <summary>The element types of the safetensors format.</summary>
internal static class SafetensorsTypes
{
    /// <summary>Bits of one element; null for a type that the format does not know.</summary>
    public static int? Bits(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or "F32" => 32,
        "U64" or "I64" or "F64" or "C64" => 64,
        _ => null,
    };
}
