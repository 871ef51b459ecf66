using Fukami.Lab;

namespace Fukami.Course;

/// <summary>Collects what is wrong in one file; a reader goes on after a fault, so that an author sees all of them at once.</summary>
/// <param name="file">The file, relative to the course's folder.</param>
/// <param name="faults">Where the faults go.</param>
internal sealed class FaultList(string file, ICollection<CourseFault> faults)
{
    /// <summary>The file, relative to the course's folder.</summary>
    public string File => file;

    /// <summary>Adds a fault.</summary>
    public void Add(int line, string english, string japanese) => faults.Add(new CourseFault(file, line, new LocalizedText(english, japanese)));
}
