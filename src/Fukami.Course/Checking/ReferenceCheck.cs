using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Lab;
using Fukami.Transformers;

namespace Fukami.Course;

/// <summary>Whether everything that the files name is there: concepts, misconceptions, experiments, claims, settings, generators, blocks, drawings.</summary>
/// <param name="course">The course.</param>
/// <param name="faults">Where faults go.</param>
internal sealed partial class ReferenceCheck(CourseContent course, ICollection<CourseFault> faults)
{
    private static readonly string[] FeedbackIds = ["insight", "doubt", "wish"];

    /// <summary>Checks all files.</summary>
    public void Run()
    {
        CheckConcepts();
        foreach (Session session in course.Every)
        {
            var list = new FaultList(course.FileOf(session), faults);
            CheckSession(session, list);
            foreach (Block block in session.AllBlocks)
            {
                CheckBlock(session, block, list);
            }
        }

        CheckRubrics();
    }

    [GeneratedRegex(@"\]\(claim:(?<target>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClaimLink { get; }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }

    private void CheckConcepts()
    {
        var list = new FaultList("concepts.yaml", faults);
        foreach (IGrouping<string, Misconception> same in course.Concepts.All.SelectMany(concept => concept.Misconceptions).GroupBy(misconception => misconception.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            list.Add(1, $"The misconception {same.Key} is there twice.", $"誤解 {same.Key} が 2 回あります。");
        }

        foreach (Misconception misconception in course.Concepts.All.SelectMany(concept => concept.Misconceptions).Where(misconception => misconception.Claim is not null))
        {
            CheckClaim(misconception.Claim!, list, 1);
        }

        foreach (SessionOutline outline in course.Outline)
        {
            var file = new FaultList("outline.yaml", faults);
            foreach (string concept in outline.Concepts)
            {
                CheckConcept(concept, file, 1);
            }

            foreach (string experiment in outline.Experiments.Where(experiment => ExperimentCatalog.Find(experiment) is null))
            {
                file.Add(1, $"The session {outline.Id} names the experiment {experiment}, which the lab does not have.", $"セッション {outline.Id} にある実験 {experiment} はラボにありません。");
            }
        }
    }

    private void CheckSession(Session session, FaultList list)
    {
        foreach (string concept in session.Concepts)
        {
            CheckConcept(concept, list, 1);
        }

        double minutes = session.Sections.Sum(section => section.Minutes);
        if (Math.Abs(minutes - session.Minutes) > 0.5)
        {
            list.Add(1, string.Create(CultureInfo.InvariantCulture, $"The session is planned for {session.Minutes} minutes, and its sections add up to {minutes}."), string.Create(CultureInfo.InvariantCulture, $"セッションは {session.Minutes} 分の予定ですが、節の合計は {minutes} 分です。"));
        }

        if (session.Number > 0 && session.Minutes is < 45 or > 60)
        {
            list.Add(1, $"The session is planned for {session.Minutes} minutes; a session takes 45 to 60.", $"セッションが {session.Minutes} 分の予定です。45〜60 分にしてください。");
        }

        if (session.Number > 0 && !course.Outline.Any(outline => string.Equals(outline.Id, session.Id, StringComparison.Ordinal)))
        {
            list.Add(1, $"The session {session.Id} is not in outline.yaml.", $"セッション {session.Id} が outline.yaml にありません。");
        }

        foreach (Section section in session.Sections.Where(section => section.Blocks.Count == 0))
        {
            list.Add(section.Line, "The section is empty.", "節に中身がありません。");
        }
    }

    private void CheckBlock(Session session, Block block, FaultList list)
    {
        foreach (string text in TextsOf(block))
        {
            CheckText(session, text, list, block.Line);
        }

        switch (block)
        {
            case ExperimentBlock experiment:
                CheckExperiment(experiment, list);
                break;
            case PredictQuestion predict:
                CheckPrediction(session, predict, list);
                break;
            case NumberQuestion number:
                CheckNumber(number, list);
                break;
            case WhenBlock shown:
                CheckConcept(shown.Concept, list, shown.Line);
                CheckMisconception(shown.Misconception, list, shown.Line);
                break;
            case FigureBlock figure when !LessonFigure.Names.Contains(figure.Draw, StringComparer.Ordinal):
                list.Add(figure.Line, $"There is no drawing “{figure.Draw}”; there are: {string.Join(", ", LessonFigure.Names)}.", $"「{figure.Draw}」という図はありません。あるのは {string.Join(", ", LessonFigure.Names)} です。");
                break;
            case FigureBlock { Draw: "layer" } layer when LayerShape.Of(LessonFigure.ResidualOf(layer)) is null:
                string arrangements = string.Join(", ", ResidualConnections.All.Select(known => known.Name));
                list.Add(layer.Line, $"There is no arrangement “{LessonFigure.ResidualOf(layer)}” to draw; there are: {arrangements}.", $"「{LessonFigure.ResidualOf(layer)}」という配置はないため、図にできません。あるのは {arrangements} です。");
                break;
            case FeedbackBlock feedback:
                foreach (FeedbackPrompt prompt in feedback.Prompts.Where(prompt => !FeedbackIds.Contains(prompt.Id, StringComparer.Ordinal)))
                {
                    list.Add(feedback.Line, $"The feedback “{prompt.Id}” is not known; there are: {string.Join(", ", FeedbackIds)}.", $"フィードバック「{prompt.Id}」は使えません。使えるのは {string.Join(", ", FeedbackIds)} です。");
                }

                break;
            default:
                break;
        }

        if (block is Question question)
        {
            foreach (string concept in question.Concepts)
            {
                CheckConcept(concept, list, question.Line);
            }
        }

        if (block is ChoiceQuestion choice)
        {
            foreach (AnswerOption option in choice.Options)
            {
                CheckMisconception(option.Misconception, list, choice.Line);
                if (option.Measured is { } measured)
                {
                    CheckMeasured(measured, list, choice.Line);
                }

                if (option is { IsRight: true, Misconception: not null })
                {
                    list.Add(choice.Line, $"The option “{option.Id}” is right and names a misconception.", $"正解の選択肢「{option.Id}」に誤解が付いています。");
                }
            }
        }
    }

    private static void CheckText(Session session, string text, FaultList list, int line)
    {
        foreach (Match link in ClaimLink.Matches(text))
        {
            CheckClaim(link.Groups["target"].Value, list, line);
        }

        foreach ((string block, string figure) in Placeholders.Measured(text))
        {
            if (session.AllBlocks.OfType<ExperimentBlock>().FirstOrDefault(experiment => string.Equals(experiment.Id, block, StringComparison.Ordinal)) is { } found)
            {
                CheckClaim($"{found.Experiment}/{figure.Split('@')[0]}", list, line);
            }
            else
            {
                list.Add(line, $"The text quotes a measurement of the experiment block “{block}”, which the session does not have.", $"本文が実験ブロック「{block}」の測定値を引用していますが、そのブロックはありません。");
            }
        }
    }

    private static void CheckExperiment(ExperimentBlock block, FaultList list)
    {
        if (ExperimentCatalog.Find(block.Experiment) is not { } experiment)
        {
            list.Add(block.Line, $"There is no experiment “{block.Experiment}”; there are: {string.Join(", ", ExperimentCatalog.All.Select(known => known.Id))}.", $"「{block.Experiment}」という実験はありません。あるのは {string.Join(", ", ExperimentCatalog.All.Select(known => known.Id))} です。");
            return;
        }

        try
        {
            _ = experiment.EstimateOperations(SessionExperiment.Settings(experiment, block));
        }
        catch (LabException e)
        {
            list.Add(block.Line, e.Sentence.English, e.Sentence.Japanese);
        }

        foreach ((string claim, string verdict) in block.Expect)
        {
            CheckClaim($"{block.Experiment}/{claim.Split('@')[0]}", list, block.Line);
            CheckVerdict(verdict, list, block.Line);
        }

        if (block.Expect.Count == 0)
        {
            list.Add(block.Line, "The experiment tests nothing that the lesson says; give expect: {claim: verdict}.", "この実験は、本文のどの主張も確かめていません。expect: {主張: 判定} を書いてください。");
        }
    }

    private static void CheckPrediction(Session session, PredictQuestion predict, FaultList list)
    {
        Block[] blocks = [.. session.AllBlocks];
        int at = Array.FindIndex(blocks, block => block is ExperimentBlock && string.Equals(block.Id, predict.Experiment, StringComparison.Ordinal));
        if (at < 0)
        {
            list.Add(predict.Line, $"The prediction is of the experiment block “{predict.Experiment}”, which the session does not have.", $"予想の対象の実験ブロック「{predict.Experiment}」がセッションにありません。");
            return;
        }

        if (at < Array.IndexOf(blocks, predict))
        {
            list.Add(predict.Line, $"The prediction stands behind its experiment “{predict.Experiment}”; ask before the answer is seen.", $"予想が実験「{predict.Experiment}」のあとにあります。結果を見る前に問うてください。");
        }

        CheckClaim($"{((ExperimentBlock)blocks[at]).Experiment}/{predict.Claim}", list, predict.Line);
    }

    private void CheckNumber(NumberQuestion number, FaultList list)
    {
        try
        {
            QuestionView view = QuestionView.Of(number, 1);
            foreach (NumberMistake mistake in view.Number!.Mistakes)
            {
                CheckMisconception(mistake.Misconception, list, number.Line);
            }

            foreach (Match left in Placeholder.Matches(view.Prompt + QuestionView.Fill(number.Explanation, view.Number.Names)))
            {
                string name = left.Groups["name"].Value;
                list.Add(number.Line, $"The generator {number.Generator} gives no “{name}”; it gives: {string.Join(", ", view.Number.Names.Keys)}.", $"生成器 {number.Generator} に「{name}」はありません。使えるのは {string.Join(", ", view.Number.Names.Keys)} です。");
            }
        }
        catch (CourseException e)
        {
            list.Add(number.Line, e.Sentence.English, e.Sentence.Japanese);
        }
    }

    private static void CheckMeasured(string measured, FaultList list, int line)
    {
        if (MeasuredKey.Parse(measured) is not { } key)
        {
            list.Add(line, $"“{measured}” is no measurement; write experiment/claim=verdict or experiment/claim@subject=verdict.", $"「{measured}」は測定の指定になっていません。experiment/claim=verdict または experiment/claim@subject=verdict と書いてください。");
            return;
        }

        CheckClaim($"{key.Experiment}/{key.ClaimId}", list, line);
        CheckVerdict(key.Verdict, list, line);
    }

    private static void CheckVerdict(string verdict, FaultList list, int line)
    {
        if (!Enum.GetValues<Verdict>().Any(known => string.Equals(known.Name(), verdict, StringComparison.Ordinal)))
        {
            list.Add(line, $"“{verdict}” is no verdict; there are: supported, refuted, inconclusive.", $"「{verdict}」という判定はありません。あるのは supported, refuted, inconclusive です。");
        }
    }

    private static void CheckClaim(string target, FaultList list, int line)
    {
        string[] parts = target.Split('/');
        if (parts.Length != 2 || ExperimentCatalog.Find(parts[0]) is not { } experiment)
        {
            list.Add(line, $"“{target}” names no claim; write experiment/claim, with an experiment of the lab.", $"「{target}」は主張を指していません。ラボの実験を使い、experiment/claim の形で書いてください。");
        }
        else if (!experiment.Claims.Any(claim => string.Equals(claim.Id, parts[1], StringComparison.Ordinal)))
        {
            list.Add(line, $"The experiment {parts[0]} has no claim “{parts[1]}”; it has: {string.Join(", ", experiment.Claims.Select(claim => claim.Id))}.", $"実験 {parts[0]} に主張「{parts[1]}」はありません。あるのは {string.Join(", ", experiment.Claims.Select(claim => claim.Id))} です。");
        }
    }

    private void CheckConcept(string id, FaultList list, int line)
    {
        if (course.Concepts.Find(id) is null)
        {
            list.Add(line, $"There is no concept “{id}” in concepts.yaml.", $"concepts.yaml に「{id}」という概念はありません。");
        }
    }

    private void CheckMisconception(string? id, FaultList list, int line)
    {
        if (id is not null && course.Concepts.FindMisconception(id) is null)
        {
            list.Add(line, $"There is no misconception “{id}” in concepts.yaml.", $"concepts.yaml に「{id}」という誤解はありません。");
        }
    }

    private void CheckRubrics()
    {
        foreach (Rubric rubric in course.Rubrics)
        {
            var list = new FaultList($"rubrics/{rubric.Id}.yaml", faults);
            if (!course.AllQuestions.OfType<OpenQuestion>().Any(question => string.Equals(question.Id, rubric.Id, StringComparison.Ordinal)))
            {
                list.Add(1, $"No open question is called {rubric.Id}.", $"{rubric.Id} という記述問題はありません。");
            }

            if (rubric.Points.Count > 0 && !rubric.Points.Any(point => point.IsEssential))
            {
                list.Add(1, "No point is essential, so any answer would be right; mark one with essential: true.", "必須の項目がないため、どんな回答も正解になります。essential: true を付けてください。");
            }

            foreach (RubricPoint point in rubric.Points.Where(point => point.English.Groups.Count == 0 || point.Japanese.Groups.Count == 0))
            {
                list.Add(1, $"The point {point.Id} has no evidence in one of the languages; give groups in en and ja.", $"項目 {point.Id} に、片方の言語の手がかりがありません。en と ja の両方に groups を書いてください。");
            }
        }
    }

    private static IEnumerable<string> TextsOf(Block block) => block switch
    {
        TextBlock text => [text.Markdown],
        ExperimentBlock experiment => [experiment.Markdown],
        ApplyBlock apply => [apply.Markdown],
        HomeworkBlock homework => [homework.Markdown],
        PreviewBlock preview => [preview.Markdown],
        FeedbackBlock feedback => [feedback.Markdown],
        FigureBlock figure => [figure.Caption],
        ChoiceQuestion choice => [choice.Prompt, .. choice.Options.Select(option => option.Feedback)],
        OpenQuestion open => [open.Prompt, open.ModelAnswer],
        OrderQuestion order => [order.Prompt, order.Feedback],
        Question question => [question.Prompt],
        _ => [],
    };
}
