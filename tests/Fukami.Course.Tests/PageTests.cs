using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class PageTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_has_no_script_fetches_nothing_and_encodes_what_a_learner_wrote(bool isForPrint)
    {
        Session session = Course.Session("residual-and-normalization", Language.English)!;
        string page = Page(session, Copies.Of(Course, session), isForPrint);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("A &lt;script&gt; of notes", page, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;", page.Replace("'", "&#39;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("![a](http://example.org/x.png)")]
    [InlineData("[a](javascript:alert(1))")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("text {onclick=alert(1)}")]
    [InlineData("[a](data:text/html,x)")]
    [InlineData("$</math><script>alert(1)</script>$")]
    [InlineData("$$\n\\text{<script>alert(1)</script>}\n$$")]
    public void No_lesson_can_put_markup_or_a_request_into_a_page(string markdown)
    {
        string markup = LessonMarkup.Text(markdown);
        Assert.DoesNotContain("<script", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", markup, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick", markup.Replace("{onclick", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English, "<strong>Why 1/√d.</strong> In attention that somebody wrote")]
    [InlineData(Language.Japanese, "<strong>1/√d をとりあげる理由。</strong> 自分で")]
    public void A_page_for_nobody_in_particular_says_nothing_of_an_answer(Language language, string expected)
    {
        string page = Page(Course.Session("query-key-value", language)!, null, false);
        Assert.Contains(expected, page, StringComparison.Ordinal);
        Assert.DoesNotContain("“”", page, StringComparison.Ordinal);
        Assert.DoesNotContain("「」", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_are_well_formed_and_their_ids_are_unique()
    {
        foreach (Session session in Course.Sessions(Language.Japanese).Concat(Course.Sessions(Language.English)))
        {
            string page = Page(session, null, false);
            string body = page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + 7)];
            XElement main = XElement.Parse(body);
            string[] ids = [.. main.Descendants().Attributes("id").Select(id => id.Value)];
            Assert.Equal(ids.Distinct(), ids);
            Assert.Equal(session.Questions.Count(question => question is not PredictQuestion), main.Descendants("details").Count());
        }
    }

    [Fact]
    public void On_paper_the_answers_stand_at_the_end()
    {
        Session session = Course.Session("query-key-value", Language.English)!;
        string page = Page(session, null, true);
        Assert.DoesNotContain("<details", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("✓ right", StringComparison.Ordinal) > page.IndexOf("class=\"answers\"", StringComparison.Ordinal));
        Assert.Contains("@page", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_formula_of_the_course_becomes_mathml_without_leftovers()
    {
        foreach (Session session in Course.Sessions(Language.English))
        {
            Assert.DoesNotContain("<mtext>\\", Page(session, null, false), StringComparison.Ordinal);
        }

        Assert.Equal("<math aria-label=\"x^{2}_i\"><mrow><msubsup><mi>x</mi><mi>i</mi><mrow><mn>2</mn></mrow></msubsup></mrow></math>", MathMarkup.Of("x^{2}_i", false));
    }

    [Theory]
    [InlineData("F(x)", "F|( stretchy=false|x|) stretchy=false")]
    [InlineData(@"\left(\frac{a}{b}\right)(c)", "(|a|b|)|( stretchy=false|c|) stretchy=false")]
    [InlineData(@"\left.x\right|_0", "x|||0")]
    [InlineData(@"\left", "")]
    public void Brackets_grow_where_left_and_right_say_so(string latex, string leaves)
    {
        var math = XElement.Parse(MathMarkup.Of(latex, false));
        Assert.Equal(leaves, string.Join('|', math.Descendants().Where(part => !part.HasElements && part.Value.Length > 0).Select(part => part.Value + string.Concat(part.Attributes().Select(a => $" {a.Name}={a.Value}")))));
    }

    [Fact]
    public void Any_formula_gives_well_formed_mathml() => Gen.String[Gen.Char["\\{}^_frac sqrt<&>x1-αleft."], 0, 60].Sample(latex => Assert.NotNull(XElement.Parse(MathMarkup.Of(latex, true))), iter: 500);

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Japanese)]
    public void A_qti_package_has_an_item_for_each_question_and_its_identifiers_agree(Language language)
    {
        foreach (Session session in Course.Sessions(language))
        {
            using var stream = new MemoryStream();
            QtiPackage.Write(session, stream);
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            XDocument manifest = Load(zip, "imsmanifest.xml");
            Assert.Equal(["metadata", "organizations", "resources"], manifest.Root!.Elements().Select(part => part.Name.LocalName));
            Assert.All(manifest.Descendants().Attributes("identifier"), id => Assert.Equal(id.Value, XmlConvert.VerifyNCName(id.Value)));
            XElement[] resources = [.. manifest.Descendants().Where(element => element.Name.LocalName == "resource")];
            Assert.Equal(session.Questions.Count(question => question is not PredictQuestion), resources.Length);
            Assert.Equal(resources.Select(resource => resource.Attribute("identifier")!.Value).Distinct().Count(), resources.Length);
            Assert.Equal(["imsmanifest.xml", .. resources.Select(resource => resource.Attribute("href")!.Value)], zip.Entries.Select(entry => entry.FullName));
            foreach (XElement resource in resources)
            {
                Assert.Equal("imsqti_item_xmlv2p1", resource.Attribute("type")!.Value);
                Assert.Equal(resource.Attribute("href")!.Value, Assert.Single(resource.Elements()).Attribute("href")!.Value);
                XElement item = Load(zip, resource.Attribute("href")!.Value).Root!;
                Assert.Equal(resource.Attribute("identifier")!.Value, item.Attribute("identifier")!.Value);
                QtiStructure.Check(item);
            }
        }
    }

    [Fact]
    public void Generated_questions_make_sound_items() =>
        GeneratedSessions.Questions.Sample(question => QtiStructure.Check(XDocument.Parse(new QtiItem(question, 1, Language.English).Write().ToString()).Root!), iter: 100);

    private static XDocument Load(ZipArchive zip, string name)
    {
        using Stream stream = zip.GetEntry(name)!.Open();
        return XDocument.Load(stream);
    }

    private static string Page(Session session, PersonalCopy? copy, bool isForPrint)
    {
        using var stream = new MemoryStream();
        SessionHtml.Write(session, Course, copy, stream, isForPrint);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
