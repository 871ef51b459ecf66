namespace Fukami.Lab;

/// <summary>Settings of the experiments that train on a Markov source.</summary>
internal static class MarkovSettings
{
    /// <summary>Tokens of the chain.</summary>
    public static IntegerSetting Vocabulary(int @default) => NetSettings.Vocabulary(@default, 1024);

    /// <summary>Of the chain.</summary>
    public static RealSetting Temperature(double @default) => new(
        "temperature", @default, 0.2, 10,
        new("The Markov chain's: low, and the next token is nearly certain; high, and it is nearly random.", "マルコフ連鎖の温度。低いほど次のトークンがほぼ決まり、高いほどランダムに近づきます。"));

    /// <summary>Steps of warm-up.</summary>
    public static IntegerSetting WarmUp(int @default) => new(
        "warm_up", @default, 0, 100_000,
        new("Steps in which the learning rate rises in a straight line.", "学習率を直線的に上げていくウォームアップのステップ数。"));
}
