using Fukami.Lab;
using YamlDotNet.RepresentationModel;

namespace Fukami.Course.Tests;

/// <summary>Reads the YAML files in Answers/.</summary>
internal static class Fixture
{
    public static IEnumerable<YamlMappingNode> Items(string file, string key)
    {
        using Stream stream = typeof(Fixture).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ((YamlSequenceNode)yaml.Documents[0].RootNode[key]).Cast<YamlMappingNode>();
    }

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? text) ? (string?)text : null;

    public static string[] Texts(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? texts) ? [.. ((YamlSequenceNode)texts).Select(text => (string)text!)] : [];

    public static Language LanguageOf(string name) => name == "ja" ? Language.Japanese : Language.English;
}
