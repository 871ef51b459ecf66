using System.CommandLine;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary><c>fukami completion</c>: a script that teaches a shell to complete the command.</summary>
internal sealed class CompletionCommand : DocumentedCommand
{
    private const string Bash = """
        _fukami() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
          local IFS=$'\n'
          COMPREPLY=( $(compgen -W "$(fukami "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word") )
        }
        complete -o default -o nosort -F _fukami fukami
        """;

    private const string Zsh = """
        #compdef fukami
        _fukami() {
          local -a found
          found=("${(@f)$(fukami "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -Q -a found || _files
        }
        compdef _fukami fukami
        """;

    /// <summary>The command.</summary>
    public CompletionCommand(Terminal terminal)
        : base(
            "completion",
            new LocalizedText("Print a script that lets a shell complete commands, options and settings.", "シェルの補完スクリプトを出力します。"),
            [
                new Example("eval \"$(fukami completion bash)\"", new LocalizedText("Completion in this bash; put the line into ~/.bashrc to keep it.", "いまの bash で補完を有効にします。~/.bashrc に書けば常に有効です。")),
                new Example("eval \"$(fukami completion zsh)\"", new LocalizedText("The same in zsh.", "zsh の場合。")),
            ])
    {
        Argument<string> shell = new Argument<string>("SHELL") { HelpName = "bash|zsh" }.With("The shell.", "シェルの種類。");
        shell.CompletionSources.Add(_ => [new("bash"), new("zsh")]);
        Add(shell);
        SetAction(parsed =>
        {
            terminal.Out.WriteLine(parsed.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                var other => throw new UsageException(new LocalizedText(
                    $"There is no completion for “{other}”; there is for bash and zsh.",
                    $"「{other}」の補完はありません。bash と zsh に対応しています。")),
            });
            return ExitCode.Success;
        });
    }
}
