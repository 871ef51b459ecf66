using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class ConceptMapTests
{
    [Fact]
    public void Every_concept_stands_behind_its_prerequisites()
    {
        var map = new ConceptMap([Concept("attention", "query", "scaling"), Concept("scaling", "query"), Concept("query")]);
        Assert.Equal(["query", "scaling", "attention"], map.Ordered.Select(concept => concept.Id));
    }

    [Fact]
    public void A_circle_of_prerequisites_is_refused()
    {
        CourseException error = Assert.Throws<CourseException>(() => new ConceptMap([Concept("a", "b"), Concept("b", "a")]));
        Assert.Contains("builds on itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prerequisite_that_is_no_concept_is_named()
    {
        CourseException error = Assert.Throws<CourseException>(() => new ConceptMap([Concept("a", "nowhere")]));
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    private static Concept Concept(string id, params string[] prerequisites)
    {
        var text = new LocalizedText(id, id);
        return new Concept(id, text, text, text, prerequisites, []);
    }
}
