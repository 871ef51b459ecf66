namespace Fukami.Course;

/// <summary>Finds the places that an import has left for the author, by their marks.</summary>
internal static class MarkCheck
{
    /// <summary>Every marked place of a file is a fault.</summary>
    public static void Run(string text, FaultList faults)
    {
        int line = 0;
        foreach (string content in text.Split('\n'))
        {
            line++;
            int at = content.IndexOf(SessionWriter.Mark, StringComparison.Ordinal);
            if (at >= 0)
            {
                string what = content[(at + SessionWriter.Mark.Length)..].Trim(' ', ':', '"');
                faults.Add(line, $"Left for the author: {what}.", $"著者が埋める箇所です: {what}。");
            }
            else if (content.Contains("concepts: [TODO]", StringComparison.Ordinal))
            {
                faults.Add(line, "Left for the author: the concepts.", "著者が埋める箇所です: 概念（concepts）。");
            }
        }
    }
}
