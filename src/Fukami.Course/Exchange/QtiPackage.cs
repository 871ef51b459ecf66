using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Fukami.Course;

/// <summary>Questions as a package of IMS QTI 2.1: one item a file, and a manifest, in a zip. See docs/course-exchange.md.</summary>
public static class QtiPackage
{
    private static readonly XNamespace Content = "http://www.imsglobal.org/xsd/imscp_v1p1";
    private static readonly DateTimeOffset Timestamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a session's questions; the same session and seed give the same bytes. Numbers are drawn once; predictions are left out.</summary>
    /// <param name="session">The session.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="seed">What is drawn follows from it.</param>
    public static void Write(Session session, Stream stream, ulong seed = 1)
    {
        Question[] questions = [.. session.Questions.Where(question => question is not PredictQuestion)];
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "imsmanifest.xml", Manifest(session, questions));
        foreach (Question question in questions)
        {
            Add(zip, FileOf(question), new QtiItem(question, seed, session.Language).Write());
        }
    }

    private static string FileOf(Question question) => $"items/{question.Id}.xml";

    private static XDocument Manifest(Session session, IReadOnlyList<Question> questions) => new(new XElement(
        Content + "manifest",
        new XAttribute("identifier", $"MANIFEST-{session.Id}"),
        new XElement(Content + "metadata", new XElement(Content + "schema", "QTIv2.1 Package"), new XElement(Content + "schemaversion", "1.0.0")),
        new XElement(Content + "organizations"),
        new XElement(Content + "resources", questions.Select(question => new XElement(
            Content + "resource",
            new XAttribute("identifier", QtiItem.IdentifierOf(question)),
            new XAttribute("type", "imsqti_item_xmlv2p1"),
            new XAttribute("href", FileOf(question)),
            new XElement(Content + "file", new XAttribute("href", FileOf(question))))))));

    private static void Add(ZipArchive zip, string name, XDocument document)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name);
        entry.LastWriteTime = Timestamp;
        using Stream stream = entry.Open();
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", CheckCharacters = true });
        document.WriteTo(writer);
    }
}
