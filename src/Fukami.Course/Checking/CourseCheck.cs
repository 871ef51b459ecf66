namespace Fukami.Course;

/// <summary>Finds every fault of a course's files: what cannot be read, what names something that is not there, what misleads, and where lesson and measurement disagree.</summary>
public static class CourseCheck
{
    /// <summary>All faults, by file and line.</summary>
    /// <param name="directory">The course's folder.</param>
    /// <param name="runsExperiments">Whether the experiments are run, to compare what the lesson says of them.</param>
    /// <param name="progress">Told which experiment runs.</param>
    /// <param name="cancellation">Stops the runs.</param>
    /// <exception cref="CourseException">There is no such folder.</exception>
    public static IReadOnlyList<CourseFault> Run(string directory, bool runsExperiments = true, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var faults = new List<CourseFault>();
        CourseContent course = CourseFolder.Read(directory, faults);
        new ReferenceCheck(course, faults).Run();
        new LanguageCheck(course, faults).Run();
        new WordingCheck(course, faults).Run();
        new SourceCodeCheck(course, faults).Run();
        foreach (Session session in course.Every)
        {
            MarkCheck.Run(File.ReadAllText(Path.Combine(directory, course.FileOf(session))), new FaultList(course.FileOf(session), faults));
        }

        if (runsExperiments)
        {
            new MeasurementCheck(course, faults).Run(progress, cancellation);
        }

        return [.. faults.Distinct().OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];
    }
}
