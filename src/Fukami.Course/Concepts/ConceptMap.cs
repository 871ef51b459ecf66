namespace Fukami.Course;

/// <summary>All concepts of a course and what builds on what.</summary>
public sealed class ConceptMap
{
    private readonly Dictionary<string, Concept> byId;

    /// <summary>A map. Prerequisites stand before what builds on them in <see cref="Ordered"/>.</summary>
    /// <exception cref="CourseException">An id is there twice, a prerequisite is unknown, or concepts build on one another in a circle.</exception>
    public ConceptMap(IReadOnlyList<Concept> concepts)
    {
        All = concepts;
        byId = new Dictionary<string, Concept>(StringComparer.Ordinal);
        foreach (Concept concept in concepts)
        {
            if (!byId.TryAdd(concept.Id, concept))
            {
                throw new CourseException(new($"The concept {concept.Id} is there twice.", $"概念 {concept.Id} が 2 回あります。"));
            }
        }

        Ordered = Sorted();
    }

    /// <summary>All concepts, in the order of the file.</summary>
    public IReadOnlyList<Concept> All { get; }

    /// <summary>All concepts, each behind its prerequisites; else in the order of the file.</summary>
    public IReadOnlyList<Concept> Ordered { get; }

    /// <summary>The concept of this id, or null.</summary>
    public Concept? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The misconception of this id with the concept that it belongs to, or null.</summary>
    public (Concept Concept, Misconception Misconception)? FindMisconception(string id)
    {
        foreach (Concept concept in All)
        {
            foreach (Misconception misconception in concept.Misconceptions)
            {
                if (string.Equals(misconception.Id, id, StringComparison.Ordinal))
                {
                    return (concept, misconception);
                }
            }
        }

        return null;
    }

    private List<Concept> Sorted()
    {
        var sorted = new List<Concept>(All.Count);
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (Concept concept in All)
        {
            Place(concept);
        }

        return sorted;

        void Place(Concept concept)
        {
            if (done.Contains(concept.Id))
            {
                return;
            }

            if (!begun.Add(concept.Id))
            {
                throw new CourseException(new($"The concept {concept.Id} builds on itself through its prerequisites.", $"概念 {concept.Id} が、前提をたどると自分自身に戻ります。"));
            }

            foreach (string id in concept.Prerequisites)
            {
                Place(Find(id) ?? throw new CourseException(new($"The concept {concept.Id} builds on {id}, which is no concept of the course.", $"概念 {concept.Id} の前提 {id} は、このコースの概念ではありません。")));
            }

            done.Add(concept.Id);
            sorted.Add(concept);
        }
    }
}
