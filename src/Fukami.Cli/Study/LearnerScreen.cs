using System.Globalization;
using Fukami.Course;
using Fukami.Lab;

namespace Fukami.Cli;

/// <summary>Who studies: finds the learner, or gets to know a new one.</summary>
internal sealed class LearnerScreen(StudyScreen screen, ILearnerStore store)
{
    /// <summary>The learner.</summary>
    /// <param name="name">The name that was given; none to take the only one, or to ask.</param>
    /// <returns>The learner, and whether they are new.</returns>
    public async Task<(Learner Learner, bool IsNew)> FindAsync(string? name)
    {
        IReadOnlyList<Learner> learners = await store.ListAsync(screen.Stop);
        if (name is not null)
        {
            return learners.FirstOrDefault(known => string.Equals(known.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found ? (found, false) : await AddAsync(name);
        }

        switch (learners.Count)
        {
            case 0:
                screen.Paragraph(screen.Say("Welcome to Fukami. First a few words about you; only your name is needed.", "Fukami へようこそ。はじめに、あなたについて少しだけ教えてください。必要なのは名前だけです。"));
                return await AddAsync(null);
            case 1:
                return (learners[0], false);
            default:
                return await ChooseAsync(learners);
        }
    }

    private async Task<(Learner Learner, bool IsNew)> ChooseAsync(IReadOnlyList<Learner> learners)
    {
        screen.Paragraph(screen.Say("Who studies?", "どなたですか。"));
        foreach ((int index, Learner learner) in learners.Index())
        {
            screen.Paragraph($"{index + 1}  {Ink.Harmless(learner.Name)}", 2, 3);
        }

        while (true)
        {
            string typed = TypedText.Narrow(await screen.AskAsync(screen.Say("A number, or a new name; --learner NAME says it beforehand", "番号、または新しい名前を入力（--learner 名前 で前もって指定できます）")));
            if (int.TryParse(typed, CultureInfo.InvariantCulture, out int place))
            {
                if (place >= 1 && place <= learners.Count)
                {
                    return (learners[place - 1], false);
                }
            }
            else if (learners.FirstOrDefault(known => string.Equals(known.Name, typed, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return (found, false);
            }
            else if (typed.Length > 0)
            {
                return typed is "q" ? throw new StudyPausedException(isInterrupted: false) : await AddAsync(typed);
            }
        }
    }

    private async Task<(Learner Learner, bool IsNew)> AddAsync(string? name)
    {
        while (true)
        {
            screen.Blank();
            string called = name ?? (await screen.AskAsync(screen.Say("What shall we call you?", "お名前（呼ばれたい名前）"))).Trim();
            if (name is not null)
            {
                screen.Paragraph(screen.Say($"A new learner: {Ink.Harmless(called)}.", $"新しい学習者: {Ink.Harmless(called)}"));
            }

            if (called.Length == 0)
            {
                continue;
            }

            string role = await screen.AskAsync(screen.Say("Your role at work (Enter to leave it out)", "仕事での役割（省略するなら Enter）"));
            string group = await screen.AskAsync(screen.Say("Your study group (Enter to leave it out)", "勉強会やチームの名前（省略するなら Enter）"));
            string language = TypedText.Command(await screen.AskAsync(screen.Say("Language of the lessons: en or ja (Enter: en)", "教材の言語: ja または en（Enter なら ja）")));
            Language read = language.StartsWith("en", StringComparison.Ordinal) || language.StartsWith('英') ? Language.English
                : language.StartsWith("ja", StringComparison.Ordinal) || language.StartsWith('日') ? Language.Japanese
                : screen.Language;
            try
            {
                return (await store.AddAsync(Ink.Harmless(called), Ink.Harmless(role), Ink.Harmless(group), read, screen.Stop), true);
            }
            catch (CourseException e) when (name is null)
            {
                screen.Paragraph(e.Sentence.In(screen.Language));
            }
        }
    }
}
