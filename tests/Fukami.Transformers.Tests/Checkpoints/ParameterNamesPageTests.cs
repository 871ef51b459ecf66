using System.Text;
using Fukami.Tensors;

namespace Fukami.Transformers.Tests;

/// <summary>The section of docs/model-folders.md that lists each family's names of our parameters, generated from the families themselves.</summary>
public sealed class ParameterNamesPageTests
{
    private const string Heading = "## Names of parameters\n";

    // sizes that tell which setting a shape comes from
    private static readonly Dictionary<long, string> Sizes = new()
    {
        [1009] = "V",
        [503] = "P",
        [7] = "T",
        [48] = "D",
        [96] = "2·D",
        [144] = "3·D",
        [97] = "F",
        [40] = "H·d",
        [60] = "(H+K)·d",
        [80] = "(H+2·K)·d",
        [20] = "K·d",
        [0] = "0",
    };

    private static readonly TransformerSettings Base = new() { Vocabulary = 1009, Length = 503, Depth = 1, Width = 48, Heads = 4, FeedForwardWidth = 97 };

    private static readonly TransformerSettings Rotary = Base with { HeadWidth = 10, KeyValueHeads = 2, Norm = "rms", Activation = "swiglu", Positions = "rotary", Bias = false };

    private static readonly Dictionary<string, TransformerSettings> Nets = new(StringComparer.Ordinal)
    {
        ["gpt2"] = Base with { Activation = "gelu-tanh" },
        ["bert"] = Base with { Kind = "encoder", Residual = "post", EmbeddingNorm = true, TokenTypes = 7, Pooler = true, Head = "masked", OutputBias = true },
        ["llama"] = Rotary with { QkvBias = true, AttentionBias = true, FeedForwardBias = true },
        ["mistral"] = Rotary,
        ["qwen2"] = Rotary with { QkvBias = true },
        ["gemma2"] = Rotary with { QkvBias = true, AttentionBias = true, FeedForwardBias = true, Residual = "sandwich", Norm = "rms-offset", Activation = "geglu-tanh" },
    };

    [Fact]
    public void The_page_of_model_folders_lists_the_names_that_the_families_use()
    {
        string page = Repository.File("docs", "model-folders.md");
        string text = File.ReadAllText(page).ReplaceLineEndings("\n");
        int start = text.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(start >= 0, "docs/model-folders.md has no section of the names of parameters.");
        int next = text.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        string section = next < 0 ? text[start..] : text[start..(next + 1)];
        if (Environment.GetEnvironmentVariable("FUKAMI_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, text.Replace(section, section = Section(), StringComparison.Ordinal));
        }

        Assert.True(section == Section(), "docs/model-folders.md is out of date; run this test once with FUKAMI_UPDATE_DOCS=1 and commit the page.");
    }

    [Fact]
    public void Every_family_and_every_number_of_every_parameter_is_in_the_list()
    {
        Assert.Equal(ModelFamilies.All.Select(family => family.Name), Nets.Keys);
        foreach (ModelFamily family in ModelFamilies.All)
        {
            Transformer model = Transformer.Blank(Nets[family.Name]);
            ILookup<string, WeightPart> parts = family.Weights(model.Settings).ToLookup(part => part.Parameter, StringComparer.Ordinal);
            Assert.Equal(model.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), parts.Select(group => group.Key).Order(StringComparer.Ordinal));
            Assert.All(model.Parameters, parameter => Assert.Equal(parameter.Shape.Columns, parts[parameter.Name].Sum(part => part.Columns)));
        }
    }

    private static string Section()
    {
        var page = new StringBuilder(Heading).Append('\n')
            .Append("L is the layer from 0; V the vocabulary, P the positions, T the token types, D the width, F the feed-forward width, H and K the heads of queries and of keys and values, d the width of a head. ")
            .Append("Matrices of ours are (in, out). Where a family splits one of them, the columns are given, the last one not included. This section is generated from the families themselves; optional tensors (biases, pooler, heads, a free output matrix) are there if the folder's settings say so.\n\n");
        string[] llama = Rows("llama");
        foreach (string family in Nets.Keys)
        {
            string[] rows = Rows(family);
            if (family is not "llama" && rows.All(row => llama.Contains(row, StringComparer.Ordinal)))
            {
                page.Append($"### {family}\n\nThe names of llama{(rows.Any(row => row.Contains(".bias`", StringComparison.Ordinal)) ? ", with biases on query, key and value alone" : ", without biases")}.\n\n");
                continue;
            }

            page.Append($"### {family}\n\n| ours | shape | columns | {family} | shape |\n| --- | --- | --- | --- | --- |\n");
            page.AppendJoin("", rows).Append('\n');
        }

        return page.ToString();
    }

    private static string[] Rows(string family)
    {
        Transformer model = Transformer.Blank(Nets[family]);
        var parameters = model.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        return [.. ModelFamilies.Find(family)!.Weights(model.Settings).Select(part =>
        {
            Shape ours = parameters[part.Parameter].Shape;
            string columns = part.Columns == ours.Columns ? "" : $"{Sizes[part.FirstColumn]} to {Sizes[part.FirstColumn + part.Columns]}";
            string names = string.Join(" or ", part.Names.Select(name => $"`{Layer(name)}`"));
            return $"| `{Layer(part.Parameter)}` | {Text([.. Enumerable.Range(0, ours.Rank).Select(axis => (long)ours[axis])])} | {columns} | {names} | {Text(FamilyWeights.Shape(part, ours))} |\n";
        })];
    }

    private static string Layer(string name) => name.Replace(".0.", ".L.", StringComparison.Ordinal);

    private static string Text(IEnumerable<long> shape) => $"({string.Join(", ", shape.Select(extent => Sizes[extent]))})";
}
