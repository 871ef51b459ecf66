using Fukami.Lab;
using Fukami.Tensors;

namespace Fukami.Course;

/// <summary>
/// The baseline test: one question for each concept, foundations first, then a second one where the answers contradict each other or matter most.
/// It ends as soon as nothing is left in doubt, and never asks more than <see cref="MostQuestions"/>.
/// </summary>
public static class BaselineTest
{
    /// <summary>The source of its answers in <see cref="QuestionAnswered"/>.</summary>
    public const string Source = "baseline";

    /// <summary>The most questions that it asks.</summary>
    public const int MostQuestions = 20;

    /// <summary>The fewest that it asks: each concept once, and the two that matter most a second time.</summary>
    public const int FewestQuestions = 18;

    /// <summary>How often somebody who knows answers wrongly, and how often somebody who does not hits the right answer.</summary>
    private const double Slip = 0.1;

    // of two that are equally likely the first: one right answer and one wrong one are a gap to look at, not knowledge
    private static readonly ConceptState[] Possible = [ConceptState.Wrong, ConceptState.Unknown, ConceptState.Forgotten, ConceptState.Known];

    /// <summary>The next question; none when the test is over.</summary>
    /// <param name="state">The learner's state, with the answers so far.</param>
    /// <param name="language">The language of the question.</param>
    public static Question? Next(LearnerState state, Language language)
    {
        if (state.Course.Baseline(language) is not { } test || state.BaselineSeed is not { } seed || state.BaselineIsFinished || state.BaselineAnswers.Count >= MostQuestions)
        {
            return null;
        }

        var asked = state.BaselineAnswers.Select(answer => answer.Question).ToHashSet(StringComparer.Ordinal);
        Concept[] concepts = [.. state.Course.Concepts.Ordered.Where(concept => Open(test, concept, asked).Length > 0)];
        Concept? next = Array.Find(concepts, concept => Answers(state, test, concept).Length == 0) ?? Doubtful(state, test, concepts);
        if (next is null)
        {
            return null;
        }

        Question[] open = Open(test, next, asked);
        return open[new RandomSource(seed).Split(next.Id).Below(0, open.Length)];
    }

    /// <summary>The likeliest state of a concept given the answers to its questions, each slip and each lucky hit counted as it is likely.</summary>
    /// <param name="concept">The concept's id.</param>
    /// <param name="answers">The answers, in order; at least one.</param>
    public static ConceptStanding Standing(string concept, IReadOnlyList<QuestionAnswered> answers)
    {
        ConceptState likeliest = Possible.MaxBy(state => answers.Aggregate(1.0, (likelihood, answer) => likelihood * Likelihood(state, answer.Judgement.Outcome)));
        QuestionAnswered shown = answers.LastOrDefault(answer => Fits(likeliest, answer.Judgement.Outcome)) ?? answers[^1];
        return new ConceptStanding(concept, likeliest, likeliest == ConceptState.Wrong ? shown.Judgement.Misconception : null, shown.Question, shown.Shown);
    }

    // A second question is worth most where an answer disagrees with those about neighbouring concepts; then where a gap would change the plan.
    private static Concept? Doubtful(LearnerState state, Session test, Concept[] concepts)
    {
        Concept? worst = null;
        double most = 0;
        foreach (Concept concept in concepts.Where(concept => Answers(state, test, concept).Length == 1))
        {
            double doubt = Doubt(state, concept);
            if (doubt > most)
            {
                (worst, most) = (concept, doubt);
            }
        }

        return most >= 1 || state.BaselineAnswers.Count < FewestQuestions ? worst : null;
    }

    private static double Doubt(LearnerState state, Concept concept)
    {
        bool isKnown = state.Standing(concept.Id).State == ConceptState.Known;
        Concept[] dependents = [.. state.Course.Concepts.All.Where(other => other.Prerequisites.Contains(concept.Id, StringComparer.Ordinal))];
        int contradictions = isKnown
            ? concept.Prerequisites.Count(id => !IsKnown(id))
            : dependents.Count(other => IsKnown(other.Id));
        return contradictions + (isKnown ? 0.1 : 0.3) + (0.01 * dependents.Length);

        bool IsKnown(string id) => state.Standing(id).State == ConceptState.Known;
    }

    private static Question[] Open(Session test, Concept concept, HashSet<string> asked) =>
        [.. test.Questions.Where(question => question.Concepts.Contains(concept.Id, StringComparer.Ordinal) && !asked.Contains(question.Id))];

    private static QuestionAnswered[] Answers(LearnerState state, Session test, Concept concept)
    {
        var ids = test.Questions.Where(question => question.Concepts.Contains(concept.Id, StringComparer.Ordinal)).Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        return [.. state.BaselineAnswers.Where(answer => ids.Contains(answer.Question))];
    }

    private static double Likelihood(ConceptState state, Outcome outcome) => Fits(state, outcome) ? 1 - Slip : outcome switch
    {
        // whoever knows does not say that they do not; a hit or a slip is a choice
        Outcome.Right => Slip,
        Outcome.Wrong or Outcome.Partly => state == ConceptState.Known ? Slip : Slip / 2,
        _ => state == ConceptState.Known ? Slip / 10 : Slip / 4,
    };

    private static bool Fits(ConceptState state, Outcome outcome) => (state, outcome) switch
    {
        (ConceptState.Known, Outcome.Right) => true,
        (ConceptState.Wrong, Outcome.Wrong or Outcome.Partly) => true,
        (ConceptState.Unknown, Outcome.Unknown or Outcome.NotJudged) => true,
        (ConceptState.Forgotten, Outcome.Forgotten) => true,
        _ => false,
    };
}
