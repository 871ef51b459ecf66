namespace Fukami.Transformers;

/// <summary>The families of model folders beside our own: a new one is a file beside this one and a line here.</summary>
public static class ModelFamilies
{
    /// <summary>The name of our own family, the <c>model_type</c> of folders that training writes.</summary>
    public const string Own = "fukami";

    /// <summary>All others.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        new Gpt2Family(),
        new BertFamily(),
        new LlamaFamily(),
        new MistralFamily(),
        new Qwen2Family(),
        new Gemma2Family(),
    ];

    /// <summary>All names, our own first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Own, .. All.Select(family => family.Name)];

    /// <summary>The family that reads a <c>model_type</c>; null for our own and for what nobody reads.</summary>
    public static ModelFamily? Find(string modelType) => All.FirstOrDefault(family => family.ModelTypes.Contains(modelType, StringComparer.Ordinal));
}
