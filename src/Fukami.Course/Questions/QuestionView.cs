using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>A question as it is asked once: its numbers are drawn, its options stand in an order. The same question and seed give the same view.</summary>
/// <param name="Question">The question.</param>
/// <param name="Seed">What was drawn follows from it.</param>
/// <param name="Prompt">The question with its numbers filled in, in Markdown.</param>
/// <param name="Options">For a choice, or a number with wrong answers that name mistakes: the options in the order shown.</param>
/// <param name="Order">For an order question: the items' places in the file in the order shown.</param>
/// <param name="Number">For a number: the drawn case with key and mistakes.</param>
public sealed record QuestionView(Question Question, ulong Seed, string Prompt, IReadOnlyList<AnswerOption> Options, IReadOnlyList<int> Order, NumberCase? Number)
{
    /// <summary>How a question is asked for a seed.</summary>
    /// <exception cref="CourseException">Its generator is unknown, or has an argument that is not allowed.</exception>
    public static QuestionView Of(Question question, ulong seed)
    {
        RandomSource order = new RandomSource(seed).Split(question.Id).Split("order");
        return question switch
        {
            ChoiceQuestion choice => new(question, seed, choice.Prompt, choice.Shuffles ? Shuffled(choice.Options, order) : choice.Options, [], null),
            OrderQuestion items => new(question, seed, items.Prompt, [], ShuffledAnew(items.Items.Count, order), null),
            NumberQuestion number when NumberGenerators.Draw(number, new RandomSource(seed).Split(question.Id).Bits(0)) is var drawn =>
                new(question, seed, Fill(number.Prompt, drawn.Names), [], [], drawn),
            _ => new(question, seed, question.Prompt, [], [], null),
        };
    }

    /// <summary>A text with its <c>{{names}}</c> filled in; names that are not known stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> names)
    {
        foreach ((string name, string value) in names)
        {
            text = text.Replace($"{{{{{name}}}}}", value, StringComparison.Ordinal);
        }

        return text;
    }

    // an order that is the right one would give the answer away
    private static int[] ShuffledAnew(int count, RandomSource random)
    {
        int[] right = [.. Enumerable.Range(0, count)];
        for (ulong attempt = 0; ; attempt++)
        {
            int[] order = Shuffled(right, random.Split(attempt));
            if (count < 2 || !order.AsSpan().SequenceEqual(right))
            {
                return order;
            }
        }
    }

    private static T[] Shuffled<T>(IReadOnlyList<T> items, RandomSource random)
    {
        T[] shuffled = [.. items];
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int j = random.Below((ulong)i, i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
