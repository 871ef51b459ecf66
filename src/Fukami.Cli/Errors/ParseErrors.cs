using System.CommandLine;
using System.CommandLine.Parsing;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Says in one sentence what is wrong with a command line.</summary>
internal static class ParseErrors
{
    /// <summary>The sentence for the first error.</summary>
    public static LocalizedText Explain(ParseResult result)
    {
        string help = $"{CommandPath(result.CommandResult)} --help";
        if (result.UnmatchedTokens.Count > 0)
        {
            return Unknown(result, result.UnmatchedTokens[0], help);
        }

        ParseError error = result.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult option when option.Tokens.Count == 0 && option.IdentifierToken is not null => new LocalizedText(
                $"The option {option.Option.Name} needs a value; see {help}.",
                $"オプション {option.Option.Name} には値が必要です。{help} を見てください。"),
            OptionResult option => new LocalizedText(
                $"The option {option.Option.Name} does not take “{Value(option)}”{Allowed(option.Option).English}; see {help}.",
                $"オプション {option.Option.Name} に「{Value(option)}」は指定できません{Allowed(option.Option).Japanese}。{help} を見てください。"),
            ArgumentResult { Tokens.Count: 0 } argument => new LocalizedText(
                $"The argument {argument.Argument.HelpName ?? argument.Argument.Name} is missing; see {help}.",
                $"引数 {argument.Argument.HelpName ?? argument.Argument.Name} がありません。{help} を見てください。"),
            CommandResult command when command.Command.Subcommands.Count > 0 => new LocalizedText(
                $"{CommandPath(command)} needs one of these commands behind it: {Visible(command.Command)}; see {help}.",
                $"{CommandPath(command)} の後には次のいずれかのコマンドが必要です: {Visible(command.Command)}。{help} を見てください。"),
            CommandResult { Command.Arguments.Count: > 0 } command => new LocalizedText(
                $"The argument {command.Command.Arguments[0].HelpName ?? command.Command.Arguments[0].Name} is missing; see {help}.",
                $"引数 {command.Command.Arguments[0].HelpName ?? command.Command.Arguments[0].Name} がありません。{help} を見てください。"),
            _ => new LocalizedText($"{error.Message.TrimEnd('.')}; see {help}.", $"{error.Message}（{help} を見てください）"),
        };
    }

    private static LocalizedText Unknown(ParseResult result, string token, string help)
    {
        bool option = token.StartsWith('-');
        IEnumerable<string> known = option
            ? Chain(result.CommandResult).SelectMany(c => c.Command.Options).Select(o => o.Name)
            : result.CommandResult.Command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name);
        string? near = Nearest(token.Split('=')[0], known);
        string english = near is null ? $"see {help}" : $"did you mean {near}? See {help}";
        string japanese = near is null ? $"{help} を見てください。" : $"{near} の間違いではありませんか。{help} を見てください。";
        return new LocalizedText(
            $"{CommandPath(result.CommandResult)} knows no {(option ? "option" : "command or argument")} “{token}”; {english}.",
            $"{CommandPath(result.CommandResult)} に{(option ? "オプション" : "コマンドや引数")}「{token}」はありません。{japanese}");
    }

    private static LocalizedText Allowed(Option option)
    {
        if (option is BoundedOption bounded)
        {
            return new LocalizedText($"; it takes a whole number from {bounded.Lowest} to {bounded.Highest}", $"（{bounded.Lowest} から {bounded.Highest} までの整数を指定してください）");
        }

        if (option.ValueType == typeof(int) || option.ValueType == typeof(int?) || option.ValueType == typeof(long?))
        {
            return new LocalizedText("; it takes a whole number", "（整数を指定してください）");
        }

        if (option.ValueType == typeof(double) || option.ValueType == typeof(double?))
        {
            return new LocalizedText("; it takes a number such as 0.8", "（0.8 のような数を指定してください）");
        }

        string[] names = [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.Label)];
        return names.Length == 0
            ? new LocalizedText("", "")
            : new LocalizedText($"; it takes one of {string.Join(", ", names)}", $"（{string.Join("、", names)} のいずれかを指定してください）");
    }

    private static string Value(OptionResult option) => string.Join(' ', option.Tokens.Select(t => t.Value));

    private static string Visible(Command command) => string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));

    private static IEnumerable<CommandResult> Chain(CommandResult command)
    {
        for (SymbolResult? at = command; at is not null; at = at.Parent)
        {
            if (at is CommandResult found)
            {
                yield return found;
            }
        }
    }

    private static string CommandPath(CommandResult command) =>
        string.Join(' ', Chain(command).Reverse().Select((c, i) => i == 0 ? "fukami" : c.Command.Name));

    private static string? Nearest(string token, IEnumerable<string> known)
    {
        (string? best, int distance) = (null, 3);
        foreach (string name in known)
        {
            int d = Distance(token, name);
            if (d < distance)
            {
                (best, distance) = (name, d);
            }
        }

        return best;
    }

    // edits from one word to the other (Levenshtein)
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], next);
            }
        }

        return row[^1];
    }
}
