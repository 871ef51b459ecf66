using Fukami.Lab;

namespace Fukami.Course.Tests;

/// <summary>Each test plants one fault into a copy of the course that ships, which has none.</summary>
public sealed class CourseCheckTests : IDisposable
{
    private const string First = "en/1-residual-and-normalization.md";
    private const string Second = "en/2-query-key-value.md";

    private readonly string directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public CourseCheckTests()
    {
        foreach (string file in Directory.EnumerateFiles(CourseFolder.Shipped, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(directory, Path.GetRelativePath(CourseFolder.Shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void The_course_that_ships_has_no_fault_in_its_files() => Assert.Empty(CourseCheck.Run(CourseFolder.Shipped, runsExperiments: false).Select(fault => fault.ToString()));

    [Fact]
    public void An_unknown_block_is_found() => Plant(First, ":::apply {#residual-at-work}", ":::aply {#residual-at-work}", "“aply” is no kind of block");

    [Fact]
    public void A_block_without_an_id_is_found() => Plant(First, ":::apply {#residual-at-work}", ":::apply", "has no id");

    [Fact]
    public void An_id_that_is_there_twice_is_found() => Plant(First, "{#norm-at-work}", "{#residual-at-work}", "is there already");

    [Fact]
    public void An_unknown_concept_is_found() => Plant(First, "concepts: [batch-normalization]", "concepts: [batch-normalisation]", "no concept “batch-normalisation”");

    [Fact]
    public void An_unknown_misconception_is_found() => Plant(First, "{a: no-skip-is-slower, c: no-skip-needs-more-memory}", "{a: no-skip-is-slow, c: no-skip-needs-more-memory}", "no misconception “no-skip-is-slow”");

    [Fact]
    public void A_block_that_the_other_language_lacks_is_found()
    {
        Edit(First, ":::figure {#axes}\n```yaml\ndraw: tensor-axes\n```\n", ":::homework {#extra}\n");
        Assert.Contains(Faults(), fault => fault.File == "ja/1-residual-and-normalization.md" && fault.Sentence.English.Contains("has no block “axes”", StringComparison.Ordinal));
        Assert.Contains(Faults(), fault => fault.File == First && fault.Sentence.English.Contains("has no block “extra”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_that_the_other_language_lacks_is_found() => Plant(First, "## To close {#closing minutes=3}", "## To close {#the-end minutes=3}", "has no section “the-end”");

    [Fact]
    public void Another_answer_key_than_in_the_other_language_is_found() =>
        Plant(First, "- [ ] It computes more slowly", "- [x] It computes more slowly", "differs from the one in ja/");

    [Fact]
    public void A_session_that_the_other_language_lacks_is_found()
    {
        File.Delete(Path.Combine(directory, "ja", "2-query-key-value.md"));
        Assert.Contains(Faults(), fault => fault.File == Second && fault.Sentence.English.Contains("missing in the folder ja", StringComparison.Ordinal));
    }

    [Fact]
    public void A_choice_without_feedback_is_found() => Plant(First, "- [ ] It computes more slowly\n  > Measured, a step takes the same time within noise. The sum is a tiny part of the arithmetic.\n", "- [ ] It computes more slowly\n", "has no feedback");

    [Fact]
    public void A_choice_without_a_right_option_is_found() => Plant(First, "- [x] Its deep layers do not learn", "- [ ] Its deep layers do not learn", "No option is right");

    [Fact]
    public void A_claim_that_no_experiment_tests_is_found() => Plant(First, "(claim:token-memory/tokens-become-alike)", "(claim:token-memory/tokens-become-equal)", "has no claim “tokens-become-equal”");

    [Fact]
    public void A_claim_without_an_experiment_is_found() => Plant(First, "(claim:token-memory/tokens-become-alike)", "(claim:everybody-knows)", "names no claim");

    [Fact]
    public void An_unknown_experiment_is_found() => Plant(First, "run: token-memory", "run: token-memoir", "no experiment “token-memoir”");

    [Fact]
    public void A_setting_that_is_not_allowed_is_found() => Plant(First, "run: token-memory\n", "run: token-memory\nset: {depth: many}\n", "depth");

    [Fact]
    public void A_prediction_behind_its_experiment_is_found() => Plant(First, "experiment: word-memory\nclaim: word-can-be-read", "experiment: nowhere\nclaim: word-can-be-read", "which the session does not have");

    [Fact]
    public void An_unknown_generator_is_found() => Plant(First, "generator: layer-norm-by-hand", "generator: layer-norm-by-foot", "no generator “layer-norm-by-foot”");

    [Fact]
    public void A_number_that_the_generator_does_not_give_is_found() => Plant(First, "The mean is {{mean}}", "The mean is {{average}}", "gives no “average”");

    [Fact]
    public void A_negated_question_is_found() => Plant(First, "Which is the best reason for models of text to do without batch normalization?", "Which of these is not a reason to do without batch normalization?", "readers miss the negation");

    [Fact]
    public void A_negated_question_in_Japanese_is_found() => Plant("ja/1-residual-and-normalization.md", "テキストを扱うモデルがバッチ正規化を使わない理由として、最も適切なものはどれですか。", "バッチ正規化を使わない理由として、適切でないものはどれですか。", "readers miss the negation");

    [Fact]
    public void All_of_the_above_is_found() => Plant(First, "- [ ] It does nothing against overfitting", "- [ ] All of the above", "all or none of the others");

    [Fact]
    public void A_place_in_a_shuffled_list_is_found() => Plant(First, "- [ ] It does nothing against overfitting", "- [ ] The same as the option above it", "names a place in the list");

    [Fact]
    public void An_answer_that_is_given_away_by_its_length_is_found() =>
        Plant(First, "- [x] Its deep layers do not learn", "- [x] Its deep layers do not learn, because the gradient that should reach them is multiplied by a factor below one in every layer above", "much longer than the others");

    [Fact]
    public void Two_options_that_are_the_same_are_found() => Plant(First, "- [ ] It needs more memory\n", "- [ ] It computes more slowly\n", "are the same");

    [Fact]
    public void An_open_question_without_a_rubric_is_found()
    {
        File.Delete(Path.Combine(directory, "rubrics", "why-deep.yaml"));
        Assert.Contains(Faults(), fault => fault.File == First && fault.Sentence.English.Contains("rubrics/why-deep.yaml", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rules-out: [relearn, ", "rules-out: [does not relearn, ", "is negated already")]
    [InlineData("rules-out: [作り直, ", "rules-out: [作り直さない, ", "is negated already")]
    [InlineData("rules-out: [relearn, ", "rules-out: ['*', ", "is no phrase")]
    [InlineData("rules-out: [relearn, ", "rules-out: {relearn: ", "must be a list")]
    [InlineData("rules-out: [relearn, ", "rule-out: [relearn, ", "“rule-out” is not known here")]
    [InlineData("against: [must relearn everything, ", "against: [do nothing, ", "in groups and in against")]
    public void Evidence_that_is_written_wrongly_is_found_with_its_line(string find, string replace, string fault)
    {
        string file = Path.Combine(directory, "rubrics", "why-deep.yaml");
        string[] lines = File.ReadAllLines(file);
        int line = Array.FindIndex(lines, text => text.Contains(find, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(find, replace, StringComparison.Ordinal);
        lines[line] = replace.Contains('{', StringComparison.Ordinal) ? "      rules-out: {relearn: rebuild}" : lines[line];
        File.WriteAllLines(file, lines);
        Assert.Contains(Faults(), found => found.File == "rubrics/why-deep.yaml" && found.Line == line + 1 && found.Sentence.English.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_rubric_that_lacks_a_language_is_found() => Plant("rubrics/why-deep.yaml", "    ja:\n      groups:\n        - [スキップ, 残差, 近道, ショートカット, バイパス, 迂回]\n", "    ja:\n      groups: []\n      x:\n        - [スキップ]\n", "no evidence in one of the languages");

    [Fact]
    public void Minutes_that_do_not_add_up_are_found() => Plant(First, "minutes: 56", "minutes: 50", "add up to 56");

    [Fact]
    public void A_misspelt_key_is_found_at_its_line() => Plant(First, "tolerance: 0.1\nunit: share", "tolerence: 0.1\nunit: share", "“tolerence” is not known here");

    [Fact]
    public void Anchors_in_YAML_are_refused() => Plant("concepts.yaml", "concepts:\n", "concepts: &all\n", "Anchors and aliases are not allowed");

    [Fact]
    public void Deep_YAML_is_refused() => Plant("outline.yaml", "sessions:\n", $"deep: {new string('[', 40)}{new string(']', 40)}\nsessions:\n", "nested more than");

    [Fact]
    public void A_quoted_measurement_that_is_not_made_is_found() => Plant(First, "{{measured:gradients/plain-net-vanishes@none}}", "{{measured:gradient/plain-net-vanishes@none}}", "the experiment block “gradient”");

    [Fact]
    public void Code_that_is_not_in_its_file_is_found()
    {
        // the copy is outside the project, so the source is looked for from a folder inside it
        string inside = Path.Combine(Project(), "tests", "Fukami.Course.Tests", "bin", Path.GetRandomFileName());
        Directory.Move(directory, inside);
        try
        {
            string file = Path.Combine(inside, Second);
            File.WriteAllText(file, File.ReadAllText(file).Replace("Tensor q = qkv.Columns(0, queryWidth)", "Tensor q = qkv.Columns(1, queryWidth)", StringComparison.Ordinal));
            Assert.Contains(CourseCheck.Run(inside, runsExperiments: false), fault => fault.File == Second && fault.Sentence.English.Contains("does not have the line", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Move(inside, directory);
        }
    }

    [Fact]
    public void A_key_that_the_engine_refutes_is_found()
    {
        Keep(First, """
            :::choice {#planted}
            ```yaml
            concepts: [score-scaling]
            measured: {a: "attention-by-hand/mask-after-softmax=supported", b: "attention-by-hand/rows-sum-to-one=supported"}
            ```
            Can the mask be applied after the softmax?

            - [x] Yes, it can
              > …
            - [ ] No, it cannot
              > …
            :::
            """);
        CourseFault[] faults = [.. CourseCheck.Run(directory, cancellation: TestContext.Current.CancellationToken).Where(fault => fault.Sentence.English.Contains("says otherwise", StringComparison.Ordinal))];
        Assert.Equal(2, faults.Length);
        Assert.Contains("mask-after-softmax", faults[0].Sentence.English, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expectation_that_the_measurement_refutes_is_found()
    {
        Keep(First, """
            :::experiment {#planted}
            ```yaml
            run: attention-by-hand
            expect: {mask-after-softmax: supported, "scale-keeps-variance@d = 5": supported}
            ```
            Look.
            :::
            """);
        string[] faults = [.. CourseCheck.Run(directory, cancellation: TestContext.Current.CancellationToken).Select(fault => fault.Sentence.English)];
        Assert.Contains(faults, fault => fault.Contains("measured, it is refuted", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("scale-keeps-variance@d = 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Raw_HTML_stays_text()
    {
        string file = Path.Combine(directory, First);
        File.WriteAllText(file, File.ReadAllText(file).Replace("This session has three parts.", "<script>alert(1)</script>", StringComparison.Ordinal));
        Assert.Empty(Faults());
    }

    [Fact]
    public void A_fault_is_written_as_compilers_do()
    {
        Edit(First, "run: token-memory", "run: token-memoir");
        int line = File.ReadAllText(Path.Combine(directory, First)).Split("run: token-memoir")[0].Count(c => c == '\n');
        Assert.Contains(Faults(), fault => fault.ToString().StartsWith($"{First}:{line - 1}: There is no experiment", StringComparison.Ordinal));
        Assert.Contains(Faults(), fault => fault.In(Language.Japanese).Contains("という実験はありません", StringComparison.Ordinal));
    }

    private void Plant(string file, string sound, string fault, string expected)
    {
        Edit(file, sound, fault);
        CourseFault[] faults = [.. Faults()];
        Assert.True(Array.Exists(faults, found => found.File == file && found.Line > 0 && found.Sentence.English.Contains(expected, StringComparison.Ordinal)), string.Join('\n', faults.Select(found => found.ToString())));
    }

    private void Edit(string file, string sound, string fault)
    {
        string path = Path.Combine(directory, file);
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int at = text.IndexOf(sound, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} does not have “{sound}” any more.");
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), fault, text.AsSpan(at + sound.Length)));
    }

    // a course of one short session, so that few experiments run
    private void Keep(string file, string planted)
    {
        foreach (string other in Directory.EnumerateFiles(directory, "*.md", SearchOption.AllDirectories))
        {
            File.Delete(other);
        }

        File.WriteAllText(Path.Combine(directory, file), $"""
            ---
            session: 1
            id: residual-and-normalization
            title: Planted
            goal: To be found.
            minutes: 50
            concepts: [score-scaling]
            ---

            ## A section {"{#section minutes=50}"}

            {planted}
            """);
    }

    private IReadOnlyList<CourseFault> Faults() => CourseCheck.Run(directory, runsExperiments: false);

    private static string Project()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fukami.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the project.");
    }
}
