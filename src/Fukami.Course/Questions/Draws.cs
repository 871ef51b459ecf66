using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>What is drawn for a learner outside the sessions: every time anew, and the same again from what is stored.</summary>
public static class Draws
{
    /// <summary>The seed of a baseline test that begins now.</summary>
    public static ulong NewBaseline(Learner learner, TimeProvider time) => Of(learner).Split((ulong)time.GetUtcNow().UtcTicks).Bits(0);

    /// <summary>The seed of a question in a baseline test.</summary>
    public static ulong Baseline(ulong test, Question question) => new RandomSource(test).Split(question.Id).Bits(0);

    /// <summary>The seed of a question in its next review.</summary>
    public static ulong Review(Learner learner, ReviewCard card) => Of(learner).Split(card.Question).Split((ulong)card.Reviews).Bits(0);

    private static RandomSource Of(Learner learner) => new(BitConverter.ToUInt64(learner.Id.ToByteArray(), 8));
}
