using System.Text.RegularExpressions;
using Way = Fukami.Transformers.StoryBuilder.Way;

namespace Fukami.Transformers;

/// <summary>
/// English stories of one to three sentences. What must be remembered: who it is about (an animal has its favourite place, and is named again), whether it is one or
/// several (it / they, was / were, is / are, across another noun), and who gave what to whom.
/// </summary>
internal static partial class EnglishStories
{
    private static readonly (double Weight, string One, string Many, string Place)[] Animals =
    [
        (5, " cat", " cats", " on the mat"), (4, " dog", " dogs", " on the sofa"), (3, " bird", " birds", " in the tree"),
        (2, " fox", " foxes", " in the forest"), (2, " frog", " frogs", " by the pond"), (2, " mouse", " mice", " in the box"),
    ];

    private static readonly (string Place, string Noun, string Usual, string Other)[] Places =
    [
        (" on the mat", " mat", " soft", " old"), (" on the sofa", " sofa", " soft", " big"), (" in the tree", " tree", " tall", " old"),
        (" in the forest", " forest", " quiet", " big"), (" by the pond", " pond", " quiet", " cold"), (" in the box", " box", " small", " old"),
    ];

    private static readonly (string Verb, double Weight, string Feeling)[] Verbs = [(" sat", 6, " tired"), (" slept", 2, " happy"), (" played", 2, " hungry")];

    private static readonly string[] Feelings = [" tired", " happy", " hungry", " cold"];

    private static readonly string[] Names = ["Mia", "Tom", "Ken", "Yui", "Anna", "Leo"];

    private static readonly (double Weight, string Thing, string Use)[] Things =
        [(4, " ball", " played with the ball"), (3, " book", " read the book"), (2, " cake", " ate the cake"), (2, " kite", " flew the kite")];

    /// <summary>The graph of all stories.</summary>
    public static StoryGraph Build()
    {
        var builder = new StoryBuilder(Split);
        List<Way> ways = [];
        foreach ((double weight, string one, string many, string place) in Animals)
        {
            ways.Add(new(weight * 0.65, "The" + one, About(builder, one, one, many: false, place)));
            ways.Add(new(weight * 0.35, "The" + many, About(builder, one, many, many: true, place)));
        }

        double animals = ways.Sum(way => way.Weight);
        foreach (string name in Names)
        {
            ways.Add(new(animals * 0.5 / Names.Length, name, Gift(builder, name)));
        }

        return builder.Build(ways);
    }

    // "The cat" … sat on the mat; or: near the dogs is hungry
    private static int About(StoryBuilder builder, string kind, string subject, bool many, string favourite)
    {
        List<Way> near = [];
        int feels = builder.Choose([.. Feelings.Select((feeling, i) => new Way(4 - i, feeling + ".\n", StoryBuilder.Beginning))]);
        int verb = builder.Say(many ? " are" : " is", feels);
        foreach ((double weight, string one, string others, _) in Animals.Where(animal => animal.One != kind))
        {
            near.Add(new(weight, one, verb));
            near.Add(new(weight, others, verb));
        }

        List<Way> ways = [new(3, " near the", builder.Choose(near))];
        foreach ((string did, double weight, string feeling) in Verbs)
        {
            ways.Add(new(weight, did, Where(builder, subject, many, favourite, feeling)));
        }

        return builder.Choose(ways);
    }

    private static int Where(StoryBuilder builder, string subject, bool many, string favourite, string feeling) => builder.Choose(
        [.. Places.Select(place => new Way(place.Place == favourite ? 6 : 0.8, place.Place + ".", Then(builder, subject, many, place, feeling)))]);

    private static int Then(StoryBuilder builder, string subject, bool many, (string Place, string Noun, string Usual, string Other) place, string feeling)
    {
        int felt = builder.Choose([.. Feelings.Select(other => new Way(other == feeling ? 7 : 1, other + ".\n", StoryBuilder.Beginning))]);
        int acted = builder.Choose(new(5, " ran home.\n", StoryBuilder.Beginning), new(3, " went away.\n", StoryBuilder.Beginning), new(2, " ate.\n", StoryBuilder.Beginning));
        int described = builder.Choose(new(7, place.Usual + ".\n", StoryBuilder.Beginning), new(3, place.Other + ".\n", StoryBuilder.Beginning));
        return builder.Choose(
            new(2, "\n", StoryBuilder.Beginning),
            new(4, many ? " They were" : " It was", felt),
            new(3, " Then the" + subject, acted),
            new(2, " The" + place.Noun + " was", described));
    }

    // "Mia" … gave Tom a ball. Tom thanked Mia; or: got a ball from Tom. Mia thanked Tom
    private static int Gift(StoryBuilder builder, string name)
    {
        List<Way> to = [], from = [];
        foreach ((double weight, string thing, string use) in Things)
        {
            from.Add(new(weight, " a" + thing + " from", builder.Choose([.. Others(name).Select(other => new Way(1, " " + other + ".", Thanks(builder, name, other, use)))])));
        }

        foreach (string other in Others(name))
        {
            to.Add(new(1, " " + other + " a", builder.Choose([.. Things.Select(thing => new Way(thing.Weight, thing.Thing + ".", Thanks(builder, other, name, thing.Use)))])));
        }

        return builder.Choose(new(6, " gave", builder.Choose(to)), new(4, " got", builder.Choose(from)));
    }

    // who has it now thanks the other, and may use it
    private static int Thanks(StoryBuilder builder, string owner, string giver, string use) => builder.Say(
        $" {owner} thanked {giver}.",
        builder.Choose(new(5, "\n", StoryBuilder.Beginning), new(5, $" Then {owner}{use}.\n", StoryBuilder.Beginning)));

    private static IEnumerable<string> Others(string name) => Names.Where(other => other != name);

    private static string[] Split(string text) => [.. Word().EnumerateMatches(text).ToList(text)];

    private static List<string> ToList(this Regex.ValueMatchEnumerator matches, string text)
    {
        var words = new List<string>();
        foreach (ValueMatch match in matches)
        {
            words.Add(text.Substring(match.Index, match.Length));
        }

        return words;
    }

    [GeneratedRegex(@" ?[A-Za-z]+|[.\n]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
