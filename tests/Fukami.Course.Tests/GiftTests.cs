using System.Text;
using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class GiftTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    [Theory]
    [InlineData("residual-and-normalization", Language.English)]
    [InlineData("residual-and-normalization", Language.Japanese)]
    [InlineData("query-key-value", Language.English)]
    [InlineData("query-key-value", Language.Japanese)]
    public void The_questions_of_a_shipped_session_come_back(string id, Language language)
    {
        Session session = Course.Session(id, language)!;
        ImportedSession imported = Import(GiftFile.Write(session));
        Assert.Empty(imported.Notes);
        Assert.Equal(Described(session.Sections.SelectMany(section => section.Blocks).OfType<Question>().Where(question => question is not PredictQuestion)), Described(imported.Session.Questions));
    }

    [Fact]
    public void Generated_questions_come_back() => GeneratedSessions.Questions.Sample(
        question => Assert.Equal(Described([question]), Described(Import(GiftFile.Of(question, 1, Language.English)).Session.Questions)), iter: 300);

    [Fact]
    public void Any_text_survives_its_escapes() => Gen.String[Gen.Char["~=#{}:\\\nabn "], 1, 20].Where(text => text.Trim() == text && text.Length > 0).Sample(
        text => Assert.Equal(text, Assert.Single(GiftReader.Read($"::t::{GiftFile.Escape("x" + text + "x")} {{}}", [])).Item.Prompt[1..^1]), iter: 300);

    [Fact]
    public void Every_kind_of_gift_question_is_read()
    {
        ImportedSession imported = Import("""
            // a comment
            $CATEGORY: course/Attention

            ::one:: What does \~ 1\:1 \{x\} mean? {
              =Right \= good #Yes, \#1
              ~Wrong #No
              ~%-25%Half
              ####In general
            }

            The mask is applied before the softmax.{T#It is not after.#Right.}

            ::many:: Which? {~%50%a ~%50%b ~%-100%c}

            ::uneven:: Which? {~%75%a ~%25%b ~c}

            ::pi:: What is π? {#3.14:0.01#close ####Circle}

            ::order:: Order them. {=1 -> Project =2 -> Softmax =3 -> Mix}

            ::pairs:: Match. {=cat -> animal =oak -> tree =salt -> mineral}

            ::short:: Who? {=Vaswani =Vaswani et al.}

            A token {=sees ~ignores} itself.

            Write an essay. {}

            Only a description.
            """);
        Question[] questions = [.. imported.Session.Questions];
        Assert.Equal("Attention", Assert.Single(imported.Session.Sections).Title);
        var one = (ChoiceQuestion)questions[0];
        Assert.Equal("What does ~ 1:1 {x} mean?", one.Prompt);
        Assert.Equal([("Right = good", true, "Yes, #1\n\nIn general"), ("Wrong", false, "No"), ("Half", false, "")], one.Options.Select(option => (option.Text, option.IsRight, option.Feedback)));
        var truth = (ChoiceQuestion)questions[1];
        Assert.Equal([("True", true, "Right."), ("False", false, "It is not after.")], truth.Options.Select(option => (option.Text, option.IsRight, option.Feedback)));
        Assert.True(((ChoiceQuestion)questions[2]).IsMultiple);
        Assert.Contains("3.14:0.01", Assert.IsType<OpenQuestion>(questions[4]).ModelAnswer, StringComparison.Ordinal);
        Assert.Equal(["Project", "Softmax", "Mix"], Assert.IsType<OrderQuestion>(questions[5]).Items);
        Assert.Contains("cat → animal", Assert.IsType<OpenQuestion>(questions[6]).ModelAnswer, StringComparison.Ordinal);
        Assert.Equal("A token _____ itself.", Assert.IsType<ChoiceQuestion>(questions[8]).Prompt);
        Assert.IsType<OpenQuestion>(questions[9]);
        Assert.Equal("Only a description.", Assert.Single(imported.Session.AllBlocks.OfType<TextBlock>()).Markdown);
        Assert.Equal(4, imported.Notes.Count);
    }

    [Fact]
    public void Several_right_options_share_a_hundred_per_cent()
    {
        string gift = GiftFile.Write(Course.Baseline(Language.English)! with
        {
            Sections = [new Section("s", "S", 1, 1, [new ChoiceQuestion([new("a", "A", true, "f", null, null), new("b", "B", true, "f", null, null), new("c", "C", true, "f", null, null), new("d", "D", false, "f", null, null)], true, true) { Id = "q", Line = 0, Concepts = ["x"], Prompt = "P" }])],
        });
        Assert.Contains("~%33.33333%A#f", gift, StringComparison.Ordinal);
        Assert.Contains("~%-100%D#f", gift, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("just text", "no question in GIFT")]
    [InlineData("What? {=a ~b", "no question in GIFT")]
    [InlineData("", "empty")]
    public void What_is_no_gift_is_refused(string text, string says) =>
        Assert.Contains(says, Assert.Throws<CourseException>(() => Import(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_gift_gives_questions_or_a_sentence()
    {
        string seed = GiftFile.Write(Course.Session("query-key-value", Language.English)!);
        Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Int[0, 200], Gen.String[Gen.Char["~=#{}:\\%->\n[]$/T"], 0, 8]).Sample(
            (from, length, put) =>
            {
                try
                {
                    Import(string.Concat(seed.AsSpan(0, from), put, seed.AsSpan(Math.Min(seed.Length, from + length))));
                }
                catch (CourseException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            },
            iter: 200);
    }

    private static ImportedSession Import(string gift) => GiftFile.Import(Encoding.UTF8.GetBytes(gift), "questions.gift");

    private static string Described(IEnumerable<Question> questions) => string.Join("\n\n", questions.Select(SessionWriter.Block));
}
