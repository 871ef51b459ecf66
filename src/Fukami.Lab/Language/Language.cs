namespace Fukami.Lab;

/// <summary>A language that everything shown to a person comes in.</summary>
public enum Language
{
    /// <summary>English.</summary>
    English,

    /// <summary>Japanese.</summary>
    Japanese,
}
