using System.Diagnostics;
using Fukami.Tensors;
using Fukami.Transformers;

namespace Fukami.Lab;

public sealed partial class GradientFlow
{
    /// <summary>Measures a trained model on a prompt, or on random tokens.</summary>
    private Report RunModel(SettingValues settings, IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        ModelFolder folder = ModelFolder.Open(settings.Get(Model));
        TransformerSettings net = folder.Model.Settings;
        if (net.Kind is "encoder-decoder")
        {
            throw new SettingException(new LocalizedText(
                $"The model in {settings.Get(Model)} is an encoder-decoder; give a decoder or an encoder, which has one stack of layers.",
                $"{settings.Get(Model)} のモデルは encoder-decoder です。層の積み重ねが一つの decoder か encoder を指定してください。"));
        }

        bool read = settings.Get(Prompt).Length > 0;
        int length = Math.Min(settings.Get(Length), net.Length);
        TokenBatch? text = read ? PromptText(folder, settings.Get(Prompt)) : null;
        settings = Describe(settings, net, text?.Length ?? length, text is null ? settings.Get(Batch) : 1);

        int runs = read ? 1 : settings.Get(Seeds);
        var arrangement = new Arrangement(net.Residual, net.Norm);
        List<GradientFlowJob> jobs = [.. Enumerable.Range(0, runs).Select(seed => new GradientFlowJob(arrangement, net, seed, Profile: true, settings.Get(Batch)))];
        Report report = Trials.Run(
            [.. jobs.Select(job => TrialOf(job, folder.Model, text ?? RandomText.Of(settings.Get(Batch), length, net.Vocabulary, RandomOf(job))))],
            found => new GradientFlowResult(jobs, found, drawn: !read).Report(this, settings, fresh: false),
            progress,
            cancellation,
            oneByOne: true);
        return report with { ElapsedSeconds = watch.Elapsed.TotalSeconds }; // with the time that opening the model took

        RandomSource RandomOf(GradientFlowJob job) => new RandomSource((ulong)(settings.Get(Seed) + (long)job.Seed)).Split("text");
    }

    // all texts are read by the one model, which holds the gradients of one pass
    private static Trial<GradientFlowFinding> TrialOf(GradientFlowJob job, Transformer model, TokenBatch text) => new(
        job.Operations,
        0,
        context => new GradientFlowFinding(new GradientProbe(context.Tape, model, text, training: false).Profile(), null),
        found =>
        {
            string ratio = Short(found.Profile!.FirstOverLast);
            return new LocalizedText(
                $"text {job.Seed + 1}: the first layer's gradient is {ratio} times the last one's",
                $"文 {job.Seed + 1}: 最初の層の勾配は最後の層の {ratio} 倍");
        });

    // what the report says of the settings is what was measured, not what the defaults for fresh nets are
    private static SettingValues Describe(SettingValues settings, TransformerSettings net, int length, int batch) => settings.With(
    [
        FormattableString.Invariant($"{Residual.Name}={net.Residual}"),
        FormattableString.Invariant($"{Norm.Name}={net.Norm}"),
        FormattableString.Invariant($"{Depth.Name}={net.Depth}"),
        FormattableString.Invariant($"{Width.Name}={net.Width}"),
        FormattableString.Invariant($"{Heads.Name}={net.Heads}"),
        FormattableString.Invariant($"{Length.Name}={length}"),
        FormattableString.Invariant($"{Batch.Name}={batch}"),
        FormattableString.Invariant($"{Vocabulary.Name}={net.Vocabulary}"),
        FormattableString.Invariant($"{Kind.Name}={net.Kind}"),
        FormattableString.Invariant($"{Activation.Name}={net.Activation}"),
        FormattableString.Invariant($"{Initialization.Name}={net.Initialization}"),
        FormattableString.Invariant($"{Positions.Name}={net.Positions}"),
    ]);

    // a decoder's target is the next token, an encoder's the token itself
    private static TokenBatch PromptText(ModelFolder folder, string prompt)
    {
        if (folder.Tokenizer is not { } tokenizer)
        {
            throw new SettingException(new LocalizedText(
                "The model has no tokenizer, so it cannot read a prompt; leave the setting prompt empty to measure it on random tokens.",
                "このモデルにはトークナイザーがないため、文を読ませることができません。設定 prompt を空にして、ランダムなトークンで測ってください。"));
        }

        int[] ids = tokenizer.Encode(prompt);
        int shift = folder.Model.Settings.Kind is "decoder" ? 1 : 0;
        int length = ids.Length - shift;
        if (length < 1 || length > folder.Model.Settings.Length)
        {
            throw new SettingException(new LocalizedText(
                $"The prompt has {ids.Length} tokens; the model reads from {1 + shift} to {folder.Model.Settings.Length + shift}.",
                $"プロンプトは {ids.Length} トークンです。このモデルが読めるのは {1 + shift} から {folder.Model.Settings.Length + shift} トークンまでです。"));
        }

        var batch = new TokenBatch(1, length);
        ids.AsSpan(0, length).CopyTo(batch.Ids);
        ids.AsSpan(shift, length).CopyTo(batch.Targets);
        return batch;
    }
}
