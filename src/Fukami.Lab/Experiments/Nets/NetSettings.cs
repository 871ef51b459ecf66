using Fukami.Transformers;

namespace Fukami.Lab;

/// <summary>Settings that many experiments share: one name, one meaning, one explanation; each experiment chooses the default.</summary>
internal static class NetSettings
{
    /// <summary>Arrangements to compare.</summary>
    public static ChoicesSetting Residuals(params IReadOnlyList<string> defaults) => new(
        "residual", defaults, [.. ResidualConnections.All.Select(c => c.Name)],
        new("Arrangements of skip paths and normalizations to compare.", "比べるスキップ経路と正規化の配置。"));

    /// <summary>One arrangement.</summary>
    public static ChoiceSetting Residual(string @default) => new(
        "residual", @default, [.. ResidualConnections.All.Select(c => c.Name)],
        new("The arrangement of skip paths and normalizations.", "スキップ経路と正規化の配置。"));

    /// <summary>Normalizations to compare.</summary>
    public static ChoicesSetting Norms(params IReadOnlyList<string> defaults) => new(
        "norm", defaults, [.. Normalizations.All.Select(c => c.Name)],
        new("Normalizations; every arrangement is measured with each.", "正規化。すべての配置をそれぞれの正規化で測ります。"));

    /// <summary>One normalization.</summary>
    public static ChoiceSetting Norm(string @default) => new(
        "norm", @default, [.. Normalizations.All.Select(c => c.Name)], new("The normalization.", "正規化の種類。"));

    /// <summary>Layers.</summary>
    public static IntegerSetting Depth(int @default, int maximum = 1000) => new("depth", @default, 1, maximum, new("Layers.", "層の数。"));

    /// <summary>Features of a position.</summary>
    public static IntegerSetting Width(int @default, int maximum = 8192) => new("width", @default, 1, maximum, new("Features of a position.", "1 位置あたりの特徴の数。"));

    /// <summary>Attention heads.</summary>
    public static IntegerSetting Heads(int @default) => new("heads", @default, 1, 256, new("Attention heads; a divisor of the width.", "アテンションヘッドの数。width の約数。"));

    /// <summary>Tokens of a sentence.</summary>
    public static IntegerSetting Length(int @default, int maximum = 8192) => new("length", @default, 1, maximum, new("Tokens of a sentence.", "1 文のトークン数。"));

    /// <summary>Sentences of a batch.</summary>
    public static IntegerSetting Batch(int @default, int maximum = 1024) => new("batch", @default, 1, maximum, new("Sentences.", "文の数。"));

    /// <summary>Different tokens.</summary>
    public static IntegerSetting Vocabulary(int @default, int maximum = 1_000_000) => new("vocabulary", @default, 2, maximum, new("Different tokens.", "トークンの種類数。"));

    /// <summary>Training steps.</summary>
    public static IntegerSetting Steps(int @default, int maximum = 100_000) => new("steps", @default, 1, maximum, new("Training steps.", "学習のステップ数。"));

    /// <summary>The learning rate.</summary>
    public static RealSetting LearningRate(double @default) => new("learning_rate", @default, 1e-8, 100, new("Learning rate.", "学習率。"));

    /// <summary>Steps of the warm-up.</summary>
    public static IntegerSetting WarmUp(int @default) => new(
        "warm_up", @default, 0, 100_000, new("Steps in which the learning rate rises from nearly 0.", "学習率をほぼ 0 から上げていくステップ数。"));

    /// <summary>The temperature of a Markov source.</summary>
    public static RealSetting Temperature(double @default) => new(
        "temperature", @default, 0.05, 1000, new("Of the source: the lower, the more the tokens before tell of the next.", "情報源の温度。低いほど、前のトークンから次のトークンを予測しやすくなります。"));

    /// <summary>Independent repetitions.</summary>
    public static IntegerSetting Seeds(int @default = 5) => new("seeds", @default, 1, 1000, new("Independent repetitions, each with its own seed.", "独立な繰り返しの数。それぞれ別のシードを使います。"));

    /// <summary>The first seed.</summary>
    public static IntegerSetting Seed { get; } = new("seed", 1, 0, int.MaxValue, new("The first seed.", "最初のシード。"));

    /// <summary>A model folder.</summary>
    public static TextSetting Model(LocalizedText explanation) => new("model", "", new("a model folder, or nothing", "モデルフォルダ（空でもよい）"), explanation);

    /// <summary>A text to read.</summary>
    public static TextSetting Prompt(string @default, LocalizedText explanation) => new("prompt", @default, new("any text", "任意の文"), explanation);

    /// <summary>Refuses a width that the heads cannot share.</summary>
    /// <exception cref="SettingException">The width is not a multiple of the heads.</exception>
    public static void CheckHeads(int width, int heads)
    {
        if (width % heads != 0)
        {
            throw new SettingException(new LocalizedText(
                $"width {width} is not a multiple of heads {heads}; every head takes the same share of the width.",
                $"width {width} が heads {heads} の倍数になっていません。各ヘッドは width を等分します。"));
        }
    }

    /// <summary>Refuses arrangements that lack the skip path or the normalization, where an experiment is about taking them out.</summary>
    /// <exception cref="SettingException">One of the two is missing.</exception>
    public static void CheckHasBoth(IReadOnlyList<string> residuals, string norm)
    {
        foreach (string residual in residuals)
        {
            if (residual is "none" or "none-norm" or "plain" or "rezero")
            {
                throw new SettingException(new LocalizedText(
                    $"residual {residual} lacks the skip path or the normalization that this experiment takes out; choose from pre, post, sandwich, deepnorm, scaled-pre and parallel.",
                    $"residual {residual} には、この実験で取り除くスキップ経路か正規化がありません。pre、post、sandwich、deepnorm、scaled-pre、parallel から選んでください。"));
            }
        }

        if (norm is "none")
        {
            throw new SettingException(new LocalizedText(
                "norm none leaves no normalization to take out; choose another, for example norm=layer.",
                "norm が none では、取り除く正規化がありません。ほかの正規化を選んでください（例: norm=layer）。"));
        }
    }
}
