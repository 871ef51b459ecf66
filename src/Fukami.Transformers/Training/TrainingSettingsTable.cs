namespace Fukami.Transformers;

/// <summary>The lines of <see cref="TrainingSettings.Table"/>: a new setting is a property there and a line here.</summary>
internal static class TrainingSettingsTable
{
    private const int Most = 1_000_000_000;

    private static readonly Choice[] Schedules =
    [
        new("constant", new("The rate stays after the warm-up.", "ウォームアップ後は学習率を一定に保つ。")),
        new("cosine", new("Half a cosine from the rate down to the minimum at the last step. (Loshchilov and Hutter 2017)", "最後のステップの最小値まで、余弦の半周期で下げる（Loshchilov・Hutter 2017）。")),
    ];

    private static readonly Choice[] Optimizers =
    [
        new("adamw", new("Adam with decoupled weight decay. (Loshchilov and Hutter 2019)", "重み減衰を分離した Adam（Loshchilov・Hutter 2019）。")),
        new("sgd", new("Gradient descent with momentum.", "モメンタム付きの勾配降下法。")),
    ];

    public static SettingsTable<TrainingSettings> Create() => new(
        Whole("steps", 0, Most, s => s.Steps, (s, v) => s with { Steps = v }, new("Changes of the parameters.", "パラメーターを更新する回数。")),
        Whole("batch", 1, 65_536, s => s.Batch, (s, v) => s with { Batch = v }, new("Examples of one pass.", "1回の計算に使う例の数。")),
        Whole("accumulation", 1, 65_536, s => s.Accumulation, (s, v) => s with { Accumulation = v }, new("Passes whose gradients are averaged for one step.", "1回の更新のために勾配を平均する計算の回数。")),
        Real("learning_rate", 0, 100, below: false, s => s.LearningRate, (s, v) => s with { LearningRate = v }, new("The learning rate after the warm-up.", "ウォームアップ後の学習率。")),
        Real("minimum_learning_rate", 0, 100, below: false, s => s.MinimumLearningRate, (s, v) => s with { MinimumLearningRate = v }, new("The learning rate at the end of the cosine schedule.", "cosine スケジュールの最後の学習率。"), s => s.Schedule is "cosine"),
        Whole("warm_up", 0, Most, s => s.WarmUp, (s, v) => s with { WarmUp = v }, new("Steps in which the learning rate rises from nearly 0.", "学習率を 0 近くから上げていくステップ数。")),
        Choice("schedule", Schedules, s => s.Schedule, (s, v) => s with { Schedule = v }, new("The learning rate after the warm-up.", "ウォームアップ後の学習率の変え方。")),
        Choice("optimizer", Optimizers, s => s.Optimizer, (s, v) => s with { Optimizer = v }, new("How gradients change the parameters.", "勾配からパラメーターを更新する方法。")),
        Real("beta1", 0, 1, below: true, s => s.Beta1, (s, v) => s with { Beta1 = v }, new("AdamW: share of the old in the mean of gradients.", "AdamW: 勾配の平均に残る過去の割合。"), s => s.Optimizer is "adamw"),
        Real("beta2", 0, 1, below: true, s => s.Beta2, (s, v) => s with { Beta2 = v }, new("AdamW: share of the old in the mean of squared gradients.", "AdamW: 勾配の二乗の平均に残る過去の割合。"), s => s.Optimizer is "adamw"),
        Real("weight_decay", 0, 100, below: false, s => s.WeightDecay, (s, v) => s with { WeightDecay = v }, new("Share of a matrix, times the learning rate, that every step takes away.", "更新ごとに行列から引く割合（学習率を掛ける前の値）。")),
        Real("momentum", 0, 1, below: true, s => s.Momentum, (s, v) => s with { Momentum = v }, new("SGD: share of the last change in the next.", "SGD: 次の更新に残る前回の更新の割合。"), s => s.Optimizer is "sgd"),
        Real("clip", 0, 1e9f, below: false, s => s.Clip, (s, v) => s with { Clip = v }, new("Largest norm of the whole gradient; longer ones are shortened to it (0: none are).", "勾配全体のノルムの上限。超えたら縮める（0 なら制限しない）。")),
        Whole("evaluate_every", 0, Most, s => s.EvaluateEvery, (s, v) => s with { EvaluateEvery = v }, new("Steps between evaluations on held-out data (0: only at the end).", "検証データで評価する間隔のステップ数（0 なら最後だけ）。")),
        Whole("save_every", 0, Most, s => s.SaveEvery, (s, v) => s with { SaveEvery = v }, new("Steps between saved states (0: only at the end).", "状態を保存する間隔のステップ数（0 なら最後だけ）。")),
        Whole("seed", 0, int.MaxValue, s => s.Seed, (s, v) => s with { Seed = v }, new("All randomness of the training follows from it.", "学習の乱数はすべてこの値で決まる。")));

    private static WholeNumberSetting<TrainingSettings> Whole(string name, int least, int most, Func<TrainingSettings, int> get, Func<TrainingSettings, int, TrainingSettings> with, Bilingual explanation) =>
        new(name, least, most, get, with, explanation);

    private static RealNumberSetting<TrainingSettings> Real(string name, float least, float most, bool below, Func<TrainingSettings, float> get, Func<TrainingSettings, float, TrainingSettings> with, Bilingual explanation, Func<TrainingSettings, bool>? applies = null) =>
        new(name, least, most, below, get, with, explanation) { Applies = applies ?? (static _ => true) };

    private static ChoiceSetting<TrainingSettings> Choice(string name, IReadOnlyList<Choice> choices, Func<TrainingSettings, string> get, Func<TrainingSettings, string, TrainingSettings> with, Bilingual explanation) =>
        new(name, choices, get, with, explanation);
}
