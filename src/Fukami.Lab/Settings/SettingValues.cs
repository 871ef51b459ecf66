namespace Fukami.Lab;

/// <summary>A value for every setting of an experiment. Unchanging: <see cref="With(string, string)"/> gives a changed copy.</summary>
public sealed class SettingValues
{
    private readonly IReadOnlyList<Setting> settings;
    private readonly object[] values;

    /// <summary>The defaults.</summary>
    public SettingValues(IReadOnlyList<Setting> settings)
        : this(settings, [.. settings.Select(s => s.DefaultValue)])
    {
    }

    private SettingValues(IReadOnlyList<Setting> settings, object[] values) => (this.settings, this.values) = (settings, values);

    /// <summary>The settings, in the experiment's order.</summary>
    public IReadOnlyList<Setting> Settings => settings;

    /// <summary>The value of a setting.</summary>
    public T Get<T>(Setting<T> setting)
        where T : notnull => (T)values[IndexOf(setting.Name)];

    /// <summary>The value of the setting of this name as a person would type it.</summary>
    /// <exception cref="SettingException">There is no such setting.</exception>
    public string Text(string name)
    {
        int index = IndexOf(name);
        return settings[index].FormatValue(values[index]);
    }

    /// <summary>A copy with one value changed.</summary>
    /// <exception cref="SettingException">There is no such setting, or the value is not allowed.</exception>
    public SettingValues With(string name, string value)
    {
        int index = IndexOf(name);
        object[] changed = [.. values];
        changed[index] = settings[index].ParseValue(value);
        return new SettingValues(settings, changed);
    }

    /// <summary>A copy with changes written as <c>name=value</c>; a later one wins over an earlier one.</summary>
    /// <exception cref="SettingException">One is not of that form, names no setting, or has a value that is not allowed.</exception>
    public SettingValues With(IEnumerable<string> assignments)
    {
        SettingValues result = this;
        foreach (string assignment in assignments)
        {
            int equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new SettingException(new LocalizedText(
                    $"“{assignment}” is not a setting; write NAME=VALUE, for example {settings[0].Name}={settings[0].DefaultText}.",
                    $"「{assignment}」は設定の形になっていません。NAME=VALUE の形で書いてください（例: {settings[0].Name}={settings[0].DefaultText}）。"));
            }

            result = result.With(assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
        }

        return result;
    }

    internal object Value(int index) => values[index];

    private int IndexOf(string name)
    {
        for (int i = 0; i < settings.Count; i++)
        {
            if (string.Equals(settings[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        string all = string.Join(", ", settings.Select(s => s.Name));
        throw new SettingException(new LocalizedText(
            $"There is no setting named “{name}”; the settings are {all}.",
            $"「{name}」という設定はありません。使える設定は {all} です。"));
    }
}
