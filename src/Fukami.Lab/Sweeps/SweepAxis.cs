namespace Fukami.Lab;

/// <summary>A setting and the values that a sweep gives it, as a person types them.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Values">Its values, in the order given.</param>
public sealed record SweepAxis(string Name, IReadOnlyList<string> Values)
{
    /// <summary>
    /// Reads <c>NAME=a,b,c</c>. Where there is a semicolon, semicolons part the values, so that a value may hold commas:
    /// <c>residual=pre;post;pre,post</c> has three.
    /// </summary>
    /// <exception cref="SettingException">It is not of that form, the setting does not exist, a value is not allowed or comes twice.</exception>
    public static SweepAxis Parse(string text, SettingValues settings)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 1 ? "" : text[..equals].Trim();
        string list = equals < 1 ? "" : text[(equals + 1)..];
        char separator = list.Contains(';', StringComparison.Ordinal) ? ';' : ',';
        string[] values = list.Split(separator, StringSplitOptions.TrimEntries);
        values = values.Length > 1 && values[^1].Length == 0 ? values[..^1] : values; // "pre,post;" is one value
        if (name.Length == 0 || values.Any(v => v.Length == 0))
        {
            throw new SettingException(new LocalizedText(
                $"“{text}” is not a sweep; write NAME=VALUE,VALUE,… or, where a value holds commas, NAME=VALUE;VALUE;…, for example --sweep {settings.Settings[0].Name}={settings.Settings[0].DefaultText};….",
                $"「{text}」はスイープの形になっていません。NAME=値,値,… と書いてください。値にコンマが含まれる場合は NAME=値;値;… と書きます。"));
        }

        string[] written = [.. values.Select(v => settings.With(name, v).Text(name))];
        string? twice = written.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? new SweepAxis(name, written) : throw new SettingException(new LocalizedText(
            $"The sweep gives {name} the value {twice} twice; give each value once.",
            $"スイープで {name} に {twice} が二度指定されています。値は一度ずつ指定してください。"));
    }
}
