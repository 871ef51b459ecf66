using System.Text;
using CsCheck;
using Fukami.Lab;

namespace Fukami.Course.Tests;

public sealed class DocumentTests
{
    private static readonly CourseContent Course = CourseFolder.Open(CourseFolder.Shipped);

    public static TheoryData<string, Language> Shipped => new(Course.Sessions(Language.English).SelectMany(session => new[] { (session.Id, Language.English), (session.Id, Language.Japanese) }));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_session_comes_back_from_its_document(string id, Language language)
    {
        Session session = Course.Session(id, language)!;
        ImportedSession imported = Import(SessionDocument.Export(session, Course));
        Assert.Empty(imported.Notes);
        AssertSame(session, imported.Session);
        AssertSame(session, Read(imported.Markdown, language));
        Assert.DoesNotContain("TODO", imported.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_session_written_for_a_learner_comes_back_without_the_learner(string id, Language language)
    {
        Session session = Course.Session(id, language)!;
        string document = SessionDocument.Export(session, Course, Copies.Of(Course, session));
        Assert.Contains("Aya", document, StringComparison.Ordinal);
        ImportedSession imported = Import(document);
        AssertSame(session, imported.Session);
        Assert.DoesNotContain("Aya", imported.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(Copies.Words, imported.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learners_copy_shows_their_answers_figures_and_reasons_as_text()
    {
        Session session = Course.Session("residual-and-normalization", Language.English)!;
        string document = SessionDocument.Export(session, Course, Copies.Of(Course, session));
        Assert.Contains("**Learner**: Aya (engineer, study group)", document, StringComparison.Ordinal);
        Assert.Contains("**Date**: 2026-03-01", document, StringComparison.Ordinal);
        Assert.Contains("Residual connections: wrong", document, StringComparison.Ordinal);
        Assert.Contains("you answered “" + "It is \\<b\\>faster\\</b\\>”", document, StringComparison.Ordinal);
        Assert.Contains("**Your answer**: A \\<script\\> of notes", document, StringComparison.Ordinal);
        Assert.Contains("0.62 (supported)", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_sessions_come_back_from_their_documents() =>
        GeneratedSessions.Any.Sample(session => AssertSame(session, Import(SessionDocument.Export(session, Course)).Session), iter: 120);

    [Fact]
    public void The_writer_and_the_reader_of_the_course_format_agree() =>
        GeneratedSessions.Any.Sample(session => AssertSame(session, Read(SessionWriter.Write(session), session.Language)), iter: 120);

    [Fact]
    public void A_plain_japanese_document_becomes_a_session_with_marks_for_the_author()
    {
        ImportedSession imported = Import("""
            # 📚 第3回：位置と正規化

            **受講者**: 田中さん（開発者）
            **現在の理解度**: 概念は知っている
            **目標**: 位置の符号化を説明できる
            **所要時間**: 50分
            **日付**: 2026-01-15

            ---

            ## 🎯 なぜ位置が必要か（20分）

            注意は順序を知りません。だから位置を足します。

            **Q1**: 位置の情報がないと何が起こりますか？
            (A) 遅くなる
            (B) 語順を区別できない
            (C) メモリが増える

            正解: B
            解説: 集合として扱うからです。

            **Q2.** 同僚に一文で説明してください。

            ### 問3
            正しいものをすべて選んでください。
            ア 学習できる
            イ 固定できる

            ## 🔮 次回予告
            次は推論です。

            ## 📝 宿題（任意）
            - 論文を一つ読む。

            ## 💬 フィードバック
            - 一番腑に落ちた瞬間は？
            - まだ疑問に思うことは？
            - 次回への希望は？
            - 自由にどうぞ。
            """);
        Session session = imported.Session;
        Assert.Equal((3, "位置と正規化", "位置の符号化を説明できる", 50, Language.Japanese), (session.Number, session.Title, session.Goal, session.Minutes, session.Language));
        Assert.Equal("ja/3-session-3.md", imported.File);
        Question[] questions = [.. session.Questions];
        var first = (ChoiceQuestion)questions[0];
        Assert.Equal("位置の情報がないと何が起こりますか？", first.Prompt);
        Assert.Equal([("遅くなる", false), ("語順を区別できない", true), ("メモリが増える", false)], first.Options.Select(option => (option.Text, option.IsRight)));
        Assert.Equal("集合として扱うからです。", first.Options[1].Feedback);
        Assert.Equal("同僚に一文で説明してください。", Assert.IsType<OpenQuestion>(questions[1]).Prompt);
        var third = (ChoiceQuestion)questions[2];
        Assert.Equal("正しいものをすべて選んでください。", third.Prompt);
        Assert.All(third.Options, option => Assert.False(option.IsRight));
        Assert.Equal(20, session.Sections[1].Minutes);
        Assert.Equal("次は推論です。", Assert.Single(session.AllBlocks.OfType<PreviewBlock>()).Markdown);
        Assert.Equal("- 論文を一つ読む。", Assert.Single(session.AllBlocks.OfType<HomeworkBlock>()).Markdown);
        FeedbackBlock feedback = Assert.Single(session.AllBlocks.OfType<FeedbackBlock>());
        Assert.Equal(["insight", "doubt", "wish"], feedback.Prompts.Select(prompt => prompt.Id));
        Assert.Equal("- 自由にどうぞ。", feedback.Markdown);
        Assert.Contains(imported.ToFillIn, fault => fault.Sentence.English.StartsWith("No option is right", StringComparison.Ordinal));
        Assert.Contains(imported.ToFillIn, fault => fault.Sentence.English.Contains("rubrics/q2.yaml", StringComparison.Ordinal));
        Assert.Contains(imported.ToFillIn, fault => fault.Sentence.English.Contains("minutes are “TODO”", StringComparison.Ordinal));
        Assert.All(imported.ToFillIn, fault => Assert.InRange(fault.Line, 1, imported.Markdown.Split('\n').Length));
    }

    [Theory]
    [InlineData("**Q1**: Why?\n- A. one\n- B. two\n\n**Answer**: B", "Why?", "one|two", "b")]
    [InlineData("**Q1.** Why?\n(A) one (B) two (C) three\nAnswer: (C)", "Why?", "one|two|three", "c")]
    [InlineData("Q1: Why?\n\na) one\n\nb) two\n\nCorrect answer: a, b", "Why?", "one|two", "a|b")]
    [InlineData("**Question 1: Why?**\n\nA. one\n   and more\nB. two\n", "Why?", "one\nand more|two", "")]
    [InlineData("問1 なぜですか。\n① 一つ\n② 二つ\n答え：②", "なぜですか。", "一つ|二つ", "b")]
    [InlineData("**問1**：なぜですか。\nＡ．一つ\nＢ．二つ\n正解：Ｂ。理由がある。", "なぜですか。", "一つ|二つ", "b")]
    [InlineData("### Q1\n\nWhy?\n\n- [ ] one\n- [x] two", "Why?", "one|two", "b")]
    [InlineData("- **Q1:** Why?\n  - (A) one\n  - (B) two", "Why?", "one|two", "")]
    public void Questions_are_read_in_the_forms_that_people_write(string document, string prompt, string options, string right)
    {
        var question = (ChoiceQuestion)Assert.Single(Import("# Session 1: x\n\n## Part\n\n" + document + "\n\nText behind it.").Session.Questions);
        Assert.Equal(prompt, question.Prompt);
        Assert.Equal(options.Split('|'), question.Options.Select(option => option.Text));
        Assert.Equal(right, string.Join('|', question.Options.Where(option => option.IsRight).Select(option => option.Id)));
    }

    [Theory]
    [InlineData("# Session 4: Masks", 4, "Masks")]
    [InlineData("# Lesson 12 - Masks", 12, "Masks")]
    [InlineData("# 第２回　マスク", 2, "マスク")]
    [InlineData("Session 3: Masks\n====", 3, "Masks")]
    [InlineData("# Deep learning, session 5: Masks", 5, "Deep learning, session 5: Masks")]
    [InlineData("# Masks", 0, "Masks")]
    public void Titles_give_the_number_of_the_session(string heading, int number, string title)
    {
        Session session = Import(heading + "\n\n## Part\n\nText.").Session;
        Assert.Equal((number, title), (session.Number, session.Title));
    }

    [Fact]
    public void No_sentence_of_a_document_is_lost() => PlainDocuments.Any.Sample(
        document =>
        {
            ImportedSession imported = Import(document.Text);
            string session = AllText(imported.Session);
            string file = AllText(Read(imported.Markdown, imported.Session.Language));
            foreach (string sentence in document.Sentences)
            {
                Assert.Contains(sentence, session, StringComparison.Ordinal);
                Assert.Contains(sentence, file, StringComparison.Ordinal);
            }
        },
        iter: 300);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n\n", "is empty")]
    [InlineData("a\0b", "not a text file")]
    [InlineData("<!doctype html><p>x", "not Markdown")]
    [InlineData("{\"a\": 1}", "not Markdown")]
    [InlineData("Just a sentence.", "no heading")]
    public void What_is_no_session_document_is_refused_in_a_sentence(string text, string says) =>
        Assert.Contains(says, Assert.Throws<CourseException>(() => Import(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Contains("UTF-8", Assert.Throws<CourseException>(() => SessionDocument.Import([0xff, 0xd8, 0xff, 0xe0, 0x80], "x.md")).Message, StringComparison.Ordinal);

    [Fact]
    public void Nesting_beyond_reason_is_refused_and_a_thousand_questions_are_read_with_a_warning()
    {
        Assert.Throws<CourseException>(() => Import("# Session 1: x\n\n" + new string('>', 5000) + " a"));
        ImportedSession many = Import("# Session 1: x\n\n## Part\n\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => $"**Q{i}**: Why {i}?\n\n")));
        Assert.Equal(1000, many.Session.Questions.Count());
        Assert.Contains(many.Notes, note => note.English.Contains("split it", StringComparison.Ordinal));
        Assert.Throws<CourseException>(() => Import("# Session 1: x\n\n" + string.Concat(Enumerable.Range(1, 2100).Select(i => $"**Q{i}**: Why?\n\n"))));
    }

    [Fact]
    public void Raw_html_containers_and_headings_in_a_document_stay_text()
    {
        ImportedSession imported = Import("# Session 1: x\n\n## Part\n\n<script>alert(1)</script>\n\n:::choice {#evil}\nx\n:::\n\n[ref]: http://example.org\n\n```\n## not a section\n");
        Section part = Assert.Single(imported.Session.Sections);
        string text = Assert.IsType<TextBlock>(Assert.Single(part.Blocks)).Markdown;
        Assert.Contains("## not a section", text, StringComparison.Ordinal);
        Assert.Contains("<script>", text, StringComparison.Ordinal);
        Assert.Equal(text, Assert.IsType<TextBlock>(Assert.Single(Assert.Single(Read(imported.Markdown, Language.English).Sections).Blocks)).Markdown);
    }

    [Fact]
    public void An_edited_block_with_a_learners_figures_is_restored_and_the_edit_is_kept()
    {
        Session session = Course.Session("query-key-value", Language.English)!;
        string document = SessionDocument.Export(session, Course).Replace("What is the score of the query", "Please say: what is the score of the query", StringComparison.Ordinal);
        ImportedSession imported = Import(document);
        Assert.Contains("edited (score)", Assert.Single(imported.Notes).English, StringComparison.Ordinal);
        Assert.Contains("Please say", imported.Markdown, StringComparison.Ordinal);
        Assert.Equal(session.Questions.Select(question => question.Id), imported.Session.Questions.Select(question => question.Id));
    }

    [Fact]
    public void Damaged_documents_give_a_session_or_a_sentence()
    {
        string[] seeds = [SessionDocument.Export(Course.Session("query-key-value", Language.Japanese)!, Course)[..6000], "# 第3回：x\n\n**目標**: y\n\n## 節\n\n**Q1**: a\n(A) b\n(B) c\n正解: A\n\n```\n$$\n:::when\n| a | b |\n"];
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 5999], Gen.Int[0, 300], OneOf.Const("", "**Q9**: ", "```\n", "<!-- fukami:when {\"id\":\"w\"} -->\n", "<!-- /fukami -->\n", ":::\n", "## ", "\n\n---\n", "$$\n", "- (A) ", "正解: ", "\u0001", "> > > > ", "{{answer}}")).Sample(
            (which, from, length, put) =>
            {
                string seed = seeds[which];
                int start = from % seed.Length;
                string damaged = string.Concat(seed.AsSpan(0, start), put, seed.AsSpan(Math.Min(seed.Length, start + length)));
                try
                {
                    ImportedSession imported = Import(damaged);
                    Session read = Read(imported.Markdown, imported.Session.Language);
                    Assert.Equal(imported.Session.Sections.Count, read.Sections.Count);
                }
                catch (CourseException e)
                {
                    Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
                }
            },
            iter: 300);
    }

    private static ImportedSession Import(string text) => SessionDocument.Import(Encoding.UTF8.GetBytes(text), "session.md");

    private static Session Read(string markdown, Language language) =>
        SessionReader.Read(markdown, language, new Dictionary<string, Rubric>(StringComparer.Ordinal), new FaultList("x.md", []))!;

    private static void AssertSame(Session expected, Session actual) => Assert.Equal(Described(expected), Described(actual), ignoreLineEndingDifferences: false);

    // everything but lines and rubrics, which are files of their own
    private static string Described(Session session)
    {
        var text = new StringBuilder($"{session.Id} {session.Number} {session.Language} {session.Title} {session.Goal} {session.Minutes} {string.Join(',', session.Concepts)}\n");
        foreach (Section section in session.Sections)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"## {section.Id} {section.Title} {section.Minutes}\n");
            foreach (Block block in section.Blocks)
            {
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{block.GetType().Name} {block.Id} {SessionWriter.Block(block)}\n");
            }
        }

        return text.ToString();
    }

    private static string AllText(Session session) => $"{session.Title}\n{session.Goal}\n" + string.Join('\n', session.Sections.Select(section => section.Title + "\n" + string.Join('\n', section.Blocks.Select(TextOf))));

    private static string TextOf(Block block) => block switch
    {
        TextBlock text => text.Markdown,
        PreviewBlock preview => preview.Markdown,
        HomeworkBlock homework => homework.Markdown,
        FeedbackBlock feedback => feedback.Markdown + "\n" + string.Join('\n', feedback.Prompts.Select(prompt => prompt.Text)),
        ChoiceQuestion choice => choice.Prompt + "\n" + string.Join('\n', choice.Options.Select(option => $"{option.Text}\n{option.Feedback}")),
        OrderQuestion order => $"{order.Prompt}\n{string.Join('\n', order.Items)}\n{order.Feedback}",
        OpenQuestion open => $"{open.Prompt}\n{open.ModelAnswer}",
        _ => "",
    };
}
