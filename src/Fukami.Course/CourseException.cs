using Fukami.Lab;

namespace Fukami.Course;

/// <summary>What is wrong with a course, a learner's data or an answer, as a sentence to a person.</summary>
public sealed class CourseException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
