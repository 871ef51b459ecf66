using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A session as one page that stands by itself: no script, nothing fetched, in light and dark; or made for paper, with the answers at the end.</summary>
public static class SessionHtml
{
    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="session">The session.</param>
    /// <param name="course">The course, for the names of concepts and misconceptions.</param>
    /// <param name="copy">For whom; none for nobody in particular.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="isForPrint">Whether it is made for paper.</param>
    public static void Write(Session session, CourseContent course, PersonalCopy? copy, Stream stream, bool isForPrint = false)
    {
        var page = new HtmlPage(session.Language);
        string number = session.Number > 0 ? page.Say($"Session {session.Number}", $"第{session.Number}回") : "";
        var body = new SessionBody(session, course.Concepts, copy, isForPrint);
        page.Write(stream, number.Length > 0 ? $"{number}: {session.Title}" : session.Title, body.Write(number), SessionStyle.Common + (isForPrint ? SessionStyle.Print : ""));
    }
}
