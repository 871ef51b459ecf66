using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>All generators: a new one is a file beside this one and a line here.</summary>
public static class NumberGenerators
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<INumberGenerator> All { get; } =
    [
        new LayerNormByHand(),
        new ScaledScoreByHand(),
        new AttentionWeightByHand(),
        new AttentionOutputByHand(),
    ];

    /// <summary>The generator of this name, or null.</summary>
    public static INumberGenerator? Find(string name) => All.FirstOrDefault(generator => string.Equals(generator.Name, name, StringComparison.Ordinal));

    /// <summary>Draws the case of a question.</summary>
    /// <exception cref="CourseException">There is no such generator, or an argument is unknown or out of range.</exception>
    public static NumberCase Draw(NumberQuestion question, ulong seed)
    {
        INumberGenerator generator = Find(question.Generator) ?? throw new CourseException(new LocalizedText(
            $"There is no generator “{question.Generator}”; there are: {string.Join(", ", All.Select(known => known.Name))}.",
            $"「{question.Generator}」という生成器はありません。あるのは {string.Join(", ", All.Select(known => known.Name))} です。"));
        foreach (string name in question.Arguments.Keys)
        {
            if (!generator.Arguments.Any(argument => string.Equals(argument.Name, name, StringComparison.Ordinal)))
            {
                throw new CourseException(new LocalizedText(
                    $"The generator {generator.Name} takes no argument “{name}”; it takes: {string.Join(", ", generator.Arguments.Select(argument => argument.Name))}.",
                    $"生成器 {generator.Name} に引数「{name}」はありません。使えるのは {string.Join(", ", generator.Arguments.Select(argument => argument.Name))} です。"));
            }
        }

        NumberCase drawn = generator.Draw(seed, [.. generator.Arguments.Select(argument => Value(generator, argument, question.Arguments.GetValueOrDefault(argument.Name)))]);
        return drawn with { Mistakes = [.. drawn.Mistakes.Where(mistake => Math.Abs(mistake.Value - drawn.Key) > 2 * question.Tolerance).DistinctBy(mistake => Math.Round(mistake.Value / question.Tolerance))] };
    }

    private static int Value(INumberGenerator generator, NumberArgument argument, string? text)
    {
        if (text is null)
        {
            return argument.Default;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= argument.Least && value <= argument.Most
            ? value
            : throw new CourseException(new LocalizedText(
                $"The argument {argument.Name} of {generator.Name} is “{text}”; it must be a whole number from {argument.Least} to {argument.Most}.",
                $"{generator.Name} の引数 {argument.Name} が「{text}」です。{argument.Least} から {argument.Most} までの整数を書いてください。"));
    }
}
