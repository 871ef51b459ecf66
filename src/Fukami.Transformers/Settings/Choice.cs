namespace Fukami.Transformers;

/// <summary>One value that a setting with names can take, for example <c>post</c> of the setting <c>residual</c>.</summary>
/// <param name="Name">As it is written in config.json and on the command line.</param>
/// <param name="Explanation">One line.</param>
public record Choice(string Name, Bilingual Explanation);
