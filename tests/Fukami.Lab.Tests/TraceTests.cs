using System.Text;
using System.Text.Json;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab.Tests;

public sealed class TraceTests
{
    private static readonly ModelFolder Decoder = ShippedModels.Open(ShippedModels.Decoder);
    private static readonly ModelFolder Encoder = ShippedModels.Open(ShippedModels.Encoder);

    [Fact]
    public void Every_point_of_the_model_is_there_with_the_figures_of_its_values()
    {
        TraceRequest request = Of(Decoder, "Anna gave Ken a cake. Ken thanked");
        TraceReport report = Trace.Run(request);
        Assert.Equal(Decoder.Model.PointNames, report.Points.Select(p => p.Name));
        PointCapture pass = PointCapture.Run(new Tape(), Decoder.Model, request.Prompt.Batch());
        foreach (PointFigures point in report.Points.Where(p => p.Value.Hidden == 0))
        {
            double[] values = [.. pass[point.Name].Values.ToArray().Select(v => (double)v)];
            double mean = values.Average();
            Assert.Equal(mean, point.Value.Mean, 9);
            Assert.Equal(values.Average(v => (v - mean) * (v - mean)), point.Value.Variance, 9);
            Assert.Equal(Math.Sqrt(values.Sum(v => v * v)), point.Value.Norm, 6);
            Assert.Equal((values.Min(), values.Max()), (point.Value.Minimum, point.Value.Maximum));
        }
    }

    [Fact]
    public void Scores_that_may_not_be_seen_are_counted_and_left_out()
    {
        TraceReport report = Trace.Run(Of(Decoder, "Anna gave Ken a cake."));
        int length = report.Prompt.Ids.Count;
        NumberFigures scores = report.Points.Single(p => p.Name == "blocks.0.attn.attn_scores").Value;
        Assert.Equal(Decoder.Model.Settings.Heads * length * (length - 1) / 2, scores.Hidden);
        Assert.True(double.IsFinite(scores.Minimum) && double.IsFinite(scores.Variance));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("plain")]
    [InlineData("post")]
    [InlineData("pre")]
    [InlineData("sandwich")]
    [InlineData("deepnorm")]
    [InlineData("rezero")]
    [InlineData("scaled-pre")]
    [InlineData("parallel")]
    public void Identities_hold_in_every_arrangement(string residual)
    {
        TraceReport report = Trace.Run(Of(Random(new TransformerSettings { Vocabulary = 11, Length = 8, Depth = 3, Width = 8, Heads = 2, Residual = residual }), [1, 2, 3, 4]));
        Assert.Equal(residual == "parallel" ? 3 : 4, report.Identities.Count);
        Assert.All(report.Identities, identity => Assert.InRange(identity.LargestError, 0, 1e-5));
        Assert.All(report.Identities.Skip(1), identity => Assert.Equal(3, identity.Places));
    }

    [Fact]
    public void A_sum_that_was_replaced_is_not_checked_but_those_around_it_are()
    {
        TraceReport report = Trace.Run(Of(Decoder, "Anna gave Ken a cake.") with { Interventions = [new ZeroAblation("blocks.2.resid_mid")] });
        Assert.Equal(5, report.Identities.Single(i => i.Equation.StartsWith("resid_mid", StringComparison.Ordinal)).Places);
        Assert.All(report.Identities, identity => Assert.True(identity.Holds));
    }

    [Fact]
    public void A_pass_holds_no_more_than_its_weights_and_a_fifth_more_than_the_points_that_were_asked_for()
    {
        ModelFolder folder = Random(new TransformerSettings { Vocabulary = 3000, Length = 64, Depth = 12, Width = 96, Heads = 12 });
        int[] ids = [.. Enumerable.Range(0, 64)];
        MemoryFigures all = Trace.Run(Of(folder, ids)).Memory;
        Assert.InRange(all.Held, all.Asked, 1.2 * all.Asked);
        MemoryFigures gradients = Trace.Run(Of(folder, ids) with { Gradient = (new LossMetric(), "loss") }).Memory;
        Assert.Equal(2 * all.Asked, gradients.Asked);
        Assert.InRange(gradients.Held, gradients.Asked, 1.2 * gradients.Asked);
        MemoryFigures one = Trace.Run(Of(folder, ids) with { Points = ["blocks.0.resid_post"] }).Memory;
        Assert.Equal(sizeof(float) * 64 * (96 + 3000), one.Asked);
        Assert.InRange(one.Held, one.Asked, all.Held / 2);
    }

    [Fact]
    public void Gradients_are_those_of_a_capture_and_the_direct_path_is_all_behind_the_last_layer()
    {
        TraceRequest request = Of(Decoder, "Anna gave Ken a cake. Ken thanked");
        var metric = new LogitMetric(TracePrompt.OneToken(Decoder, "Anna"));
        TraceReport report = Trace.Run(request with { Gradient = (metric, "Anna") });
        PointCapture pass = PointCapture.Run(new Tape(), Decoder.Model, request.Prompt.Batch(), metric: metric);
        foreach (PointFigures point in report.Points.Where(p => p.Gradient is not null))
        {
            Assert.Equal(NumberFigures.NormOf(pass[point.Name].Gradient), point.Gradient!.Norm);
        }

        Assert.True(report.Points.Count(p => p.Gradient is not null) > report.Points.Count - 3);
        Assert.Equal(pass.Metric, report.Gradient!.Value);
        Assert.Equal(1, report.Gradient.DirectShare[^1], 5);
    }

    [Fact]
    public void The_lens_behind_the_last_layer_says_what_the_model_says()
    {
        TraceReport report = Trace.Run(Of(Decoder, "Anna gave Ken a cake. Ken thanked") with { Lens = LensScale.Own });
        LensCell last = report.Lens!.Layers[^1][^1];
        Assert.Equal(report.Predictions[0].Guesses[0].Token, last.Token);
        Assert.Equal(report.Predictions[0].Guesses[0].Probability, last.Probability, 6);
        Assert.Equal(last.Probability, last.Final);
        Assert.Equal(" Anna", last.Text);
        Assert.True(report.Lens.Layers[0][^1].Final < 0.5);
    }

    [Fact]
    public void Attention_of_equal_scores_has_the_entropy_of_its_length()
    {
        TraceReport report = Trace.Run(Of(Encoder, "Anna gave Ken a cake. Ken thanked [MASK].") with { Interventions = [new ZeroAblation("blocks.1.attn.attn_scores")] });
        Assert.All(report.Attention.Where(h => h.Layer == 1), head => Assert.Equal(Math.Log(report.Prompt.Ids.Count), head.Entropy, 5));
        Assert.Contains(report.Attention, head => head.Layer == 2 && head.Entropy < 2);
        Assert.All(report.Attention, head => Assert.Equal(head.Row.Max(), head.Weight));
    }

    [Fact]
    public void An_encoder_says_what_stands_behind_each_mask()
    {
        TraceReport report = Trace.Run(Of(Encoder, "Anna gave [MASK] a cake. Ken thanked [MASK]."));
        Assert.Equal([2, 8], report.Predictions.Select(p => p.Position));
        Assert.Equal(" Ken", report.Predictions[0].Guesses[0].Text);
        Assert.Equal(" Anna", report.Predictions[1].Guesses[0].Text);
        Assert.Equal(TracePrompt.MaskText, report.Prompt.Texts[2]);
    }

    [Theory]
    [InlineData("[MASK]", "the [MASK] river", new[] { 2, 5, 4, 6, 3 })]
    [InlineData("<mask>", "the <mask> river", new[] { 2, 5, 4, 6, 3 })]
    [InlineData("[MASK]", "[MASK][MASK]", new[] { 2, 4, 4, 3 })]
    [InlineData("[MASK]", "the river", new[] { 2, 5, 6, 3 })]
    public void A_prompt_of_BERTs_stands_between_its_special_tokens_and_its_masks_are_found(string mask, string text, int[] ids)
    {
        using var folder = new TemporaryFolder();
        var settings = new TransformerSettings { Kind = "encoder", Vocabulary = 7, Length = 8, Depth = 1, Width = 4, Heads = 1, Residual = "post", EmbeddingNorm = true, TokenTypes = 1, Head = "masked", Tied = true, OutputBias = true };
        ModelFolder.Export(folder.Path, Transformer.Init(settings, new RandomSource(1)), tokenizer: null, "bert");
        File.WriteAllText(folder["tokenizer.json"], $$$"""
            {
              "added_tokens": [{"id": 2, "content": "[CLS]"}, {"id": 3, "content": "[SEP]"}, {"id": 4, "content": "{{{mask}}}", "lstrip": true}],
              "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
              "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
              "model": {"type": "WordPiece", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "{{{mask}}}": 4, "the": 5, "river": 6}}
            }
            """);
        ModelFolder bert = ModelFolder.Open(folder.Path);
        TracePrompt prompt = TracePrompt.OfText(bert, text);
        Assert.Equal(ids, prompt.Ids);
        Assert.Equal(Enumerable.Range(0, ids.Length).Where(i => ids[i] == 4), prompt.Masks);
        Assert.Equal(ids[1..^1], TracePrompt.OfText(bert, text, specialTokens: false).Ids);
        Assert.Equal(prompt.Masks.Count > 0 ? prompt.Masks.Count : 1, Trace.Run(Of(bert, ids)).Predictions.Count);
    }

    [Fact]
    public void Heads_share_what_their_attention_adds_and_attribution_sums_to_the_logit()
    {
        var metric = new LogitMetric(TracePrompt.OneToken(Decoder, "Anna"));
        TraceReport report = Trace.Run(Of(Decoder, "Anna gave Ken a cake. Ken thanked") with { Heads = 1, Attribution = (metric, "Anna") });
        Assert.Equal(1, report.Heads!.Value.Outputs.Sum(output => output.Share), 5);
        Assert.Equal(report.Attribution!.Logit, report.Attribution.Sum, 3);
        Assert.Contains(report.Attribution.Components, component => component.Name == "blocks.1.attn.head.2");
    }

    [Fact]
    public void Folding_leaves_the_logits_and_what_is_predicted()
    {
        TraceRequest request = Of(Decoder, "Anna gave Ken a cake. Ken thanked");
        (Transformer folded, FoldFigures figures) = Trace.Fold(Decoder.Model, request.Prompt);
        Assert.InRange(figures.LogitChange, 0, 1e-5);
        Assert.Contains("blocks.0.ln1", figures.Folded);
        TraceReport report = Trace.Run(request with { Model = folded, Fold = figures });
        Assert.Equal(Trace.Run(request).Predictions[0].Guesses[0].Token, report.Predictions[0].Guesses[0].Token);
    }

    [Fact]
    public void Json_is_one_object_with_every_part_and_non_finite_figures_as_strings()
    {
        var metric = new LogitMetric(TracePrompt.OneToken(Decoder, "Anna"));
        TraceRequest request = Of(Decoder, "Anna gave Ken a cake. Ken thanked");
        TracePrompt mia = TracePrompt.OfText(Decoder, "Mia gave Ken a cake. Ken thanked");
        TraceReport report = Trace.Run(request with
        {
            Gradient = (metric, "Anna"),
            Lens = LensScale.Final,
            Attribution = (metric, "Anna"),
            Heads = 0,
            Sweep = ("resid_pre", mia, metric, "Anna"),
        });
        report = report with { Attention = [report.Attention[0] with { Entropy = double.NaN, Weight = double.PositiveInfinity }] };
        using var stream = new MemoryStream();
        TraceJson.Write(report, stream);
        using JsonDocument json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        JsonElement root = json.RootElement;
        Assert.Equal(
            ["model", "family", "settings", "prompt", "replaced", "points", "identities", "streams", "scales", "attention", "predictions", "gradient", "lens", "attribution", "heads", "sweep", "memory_bytes", "elapsed_seconds"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("NaN", root.GetProperty("attention")[0].GetProperty("entropy").GetString());
        Assert.Equal("Infinity", root.GetProperty("attention")[0].GetProperty("weight").GetString());
        Assert.Equal(6, root.GetProperty("sweep").GetProperty("values").GetArrayLength());
        Assert.Equal(" Anna", root.GetProperty("predictions")[0].GetProperty("tokens")[0].GetProperty("text").GetString());
        double turned = report.Sweep!.Recovered(5, 7);
        Assert.InRange(turned, 0.9, 1.1);

        using var csv = new StringWriter();
        TraceCsv.Write(report, csv);
        string[] lines = csv.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(report.Points.Count + 1, lines.Length);
        Assert.All(lines, line => Assert.Equal(14, line.Split(',').Length));
    }

    [Theory]
    [InlineData("plot.svg", Language.Japanese)]
    [InlineData("plot.png", Language.English)]
    public void A_trace_is_drawn_as_heat_maps(string name, Language language)
    {
        using var folder = new TemporaryFolder();
        TraceReport report = Trace.Run(Of(Decoder, "Anna gave Ken a cake. Ken thanked"));
        TracePlot.Write(report, folder[name], language);
        byte[] written = File.ReadAllBytes(folder[name]);
        Assert.True(written.Length > 5000);
        Assert.Equal(name.EndsWith("svg", StringComparison.Ordinal), Encoding.UTF8.GetString(written).Contains("<svg", StringComparison.Ordinal));
        Assert.True(!name.EndsWith("svg", StringComparison.Ordinal) || Encoding.UTF8.GetString(written).Contains("残差ストリーム", StringComparison.Ordinal));
        SettingException nothing = Assert.Throws<SettingException>(() => TracePlot.Write(report with { Streams = [], Attention = [] }, folder[name], language));
        Assert.Contains("nothing to draw", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_are_drawn_at_the_same_time_in_two_languages_have_all_their_letters()
    {
        using var folder = new TemporaryFolder();
        TraceReport trace = Trace.Run(Of(Decoder, "Anna gave Ken a cake. Ken thanked"));
        Report report = new SampleExperiment().Run(new SampleExperiment().Defaults);
        System.Threading.Tasks.Parallel.For(0, 90, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            string path = folder[$"{i}.svg"];
            if (i % 3 == 0)
            {
                TracePlot.Write(trace, path, Language.Japanese);
            }
            else
            {
                ReportPlot.Write(report, path, i % 3 == 1 ? Language.English : Language.Japanese);
            }

            Assert.Contains(((string[])["残差ストリーム", "gradient norm", "勾配のノルム"])[i % 3], File.ReadAllText(path), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_model_without_logits_is_traced_up_to_its_last_stream()
    {
        TraceRequest request = Of(Random(new TransformerSettings { Vocabulary = 11, Length = 8, Depth = 2, Width = 8, Heads = 2, Kind = "encoder", Head = "none" }), [1, 2, 3]);
        TraceReport report = Trace.Run(request);
        Assert.Empty(report.Predictions);
        Assert.Equal(3, report.Streams[0].Means.Count);
        Assert.Throws<SettingException>(() => Trace.Run(request with { Gradient = (new LogitMetric(1), "1") }));
        Assert.Throws<InspectionException>(() => Trace.Run(request with { Lens = LensScale.Own }));
    }

    [Fact]
    public void Patterns_find_points_and_a_wrong_name_is_answered_with_near_ones()
    {
        Assert.Equal(6, PointPattern.Find(Decoder.Model, "blocks.*.resid_post").Count);
        Assert.Equal(["blocks.3.ln1.scale"], PointPattern.Find(Decoder.Model, "blocks.3.*1.sc*"));
        Assert.Equal(Decoder.Model.PointNames, PointPattern.Find(Decoder.Model, "*"));
        SettingException wrong = Assert.Throws<SettingException>(() => PointPattern.Find(Decoder.Model, "blocks.2.resid_pst"));
        Assert.Contains("blocks.2.resid_post", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => PointPattern.Find(Decoder.Model, new string('x', 100_000)));
    }

    [Fact]
    public void A_word_is_the_token_with_its_space_and_what_is_no_single_token_is_refused()
    {
        Assert.Equal(Decoder.Tokenizer!.Encode(" Anna")[0], TracePrompt.OneToken(Decoder, "Anna"));
        Assert.Equal(Decoder.Tokenizer.Encode(".")[0], TracePrompt.OneToken(Decoder, "."));
        Assert.Equal(7, TracePrompt.OneToken(Decoder, "#7"));
        foreach (string wrong in new[] { "Anna gave", "elephant", "#151", "#x", "" })
        {
            Assert.Throws<SettingException>(() => TracePrompt.OneToken(Decoder, wrong));
        }
    }

    private static TraceRequest Of(ModelFolder folder, string text) => new() { Folder = folder, Model = folder.Model, Name = "test", Prompt = TracePrompt.OfText(folder, text) };

    private static TraceRequest Of(ModelFolder folder, int[] ids) => new() { Folder = folder, Model = folder.Model, Name = "test", Prompt = TracePrompt.Of(folder, ids) };

    private static ModelFolder Random(TransformerSettings settings)
    {
        using var folder = new TemporaryFolder();
        ModelFolder.Save(folder["model"], Transformer.Init(settings, new RandomSource(1)), tokenizer: null);
        return ModelFolder.Open(folder["model"]);
    }
}
