using Way = Fukami.Transformers.StoryBuilder.Way;

namespace Fukami.Transformers;

/// <summary>
/// Japanese stories of one to three sentences, with a slash between tokens. What must be remembered: who it is about, which verb a particle asks for (に座る, で眠る; に
/// あげる, からもらう), which counter and which verb of existence a noun takes (猫が二匹います, 本が二冊あります), and who gave what to whom.
/// </summary>
internal static class JapaneseStories
{
    private static readonly (double Weight, string Name, string Counter, string Place)[] Animals =
    [
        (5, "猫", "匹", "マット/の/上"), (4, "犬", "匹", "ソファ/の/上"), (3, "鳥", "羽", "木/の/上"),
        (2, "キツネ", "匹", "森/の/中"), (2, "カエル", "匹", "池/の/そば"), (2, "ネズミ", "匹", "箱/の/中"),
    ];

    private static readonly (string Place, string Noun, string Usual, string Other)[] Places =
    [
        ("マット/の/上", "マット", "柔らかい", "古い"), ("ソファ/の/上", "ソファ", "柔らかい", "大きい"), ("木/の/上", "木", "高い", "古い"),
        ("森/の/中", "森", "暗い", "広い"), ("池/の/そば", "池", "広い", "冷たい"), ("箱/の/中", "箱", "小さい", "古い"),
    ];

    private static readonly (string Verb, double Weight, string Feeling)[] Verbs =
        [("に/座り", 6, "疲れて"), ("で/眠り", 2, "寒がって"), ("で/遊び", 2, "おなかをすかせて")];

    private static readonly string[] Feelings = ["疲れて", "寒がって", "おなかをすかせて", "喜んで"];

    private static readonly string[] Names = ["ミア", "トム", "ケン", "ユイ", "アンナ", "レオ"];

    private static readonly (double Weight, string Thing, string Counter, string Use)[] Things =
        [(4, "ボール", "個", "ボール/で/遊び"), (3, "本", "冊", "本/を/読み"), (2, "ケーキ", "個", "ケーキ/を/食べ"), (2, "凧", "枚", "凧/を/揚げ")];

    private static readonly string[] Numbers = ["一", "二", "三"];

    /// <summary>The graph of all stories.</summary>
    public static StoryGraph Build()
    {
        var builder = new StoryBuilder(static text => text.Split('/'));
        List<Way> ways = [];
        foreach ((double weight, string name, _, string place) in Animals)
        {
            ways.Add(new(weight, name + "/は", About(builder, name, place)));
        }

        double animals = ways.Sum(way => way.Weight);
        ways.AddRange(Names.Select(name => new Way(animals * 0.6 / Names.Length, name + "/は", Gift(builder, name))));
        int there = There(builder);
        ways.AddRange(Places.Select(place => new Way(animals * 0.4 / Places.Length, place.Place + "/に", there)));
        return builder.Build(ways);
    }

    // 猫は … マットの上に座りました。
    private static int About(StoryBuilder builder, string subject, string favourite) => builder.Choose(
        [.. Places.Select(place => new Way(place.Place == favourite ? 6 : 0.8, place.Place, builder.Choose(
            [.. Verbs.Select(verb => new Way(verb.Weight, verb.Verb + "/ました/。", Then(builder, subject, place, verb.Feeling)))])))]);

    private static int Then(StoryBuilder builder, string subject, (string Place, string Noun, string Usual, string Other) place, string feeling)
    {
        int felt = builder.Choose([.. Feelings.Select(other => new Way(other == feeling ? 7 : 1, other + "/いました/。/\n", StoryBuilder.Beginning))]);
        int acted = builder.Choose(new(5, "家/へ/帰り/ました/。/\n", StoryBuilder.Beginning), new(3, "森/へ/行き/ました/。/\n", StoryBuilder.Beginning), new(2, "ごはん/を/食べ/ました/。/\n", StoryBuilder.Beginning));
        int described = builder.Choose(new(7, place.Usual + "/です/。/\n", StoryBuilder.Beginning), new(3, place.Other + "/です/。/\n", StoryBuilder.Beginning));
        return builder.Choose(
            new(2, "\n", StoryBuilder.Beginning),
            new(4, subject + "/は", felt),
            new(3, "それから/" + subject + "/は", acted),
            new(2, "その/" + place.Noun + "/は", described));
    }

    // 箱の中に … 猫が二匹います。本が二冊あります。
    private static int There(StoryBuilder builder)
    {
        List<Way> ways = [];
        foreach ((double weight, string name, string counter, _) in Animals)
        {
            ways.Add(new(weight, name + "/が", Count(counter, "います")));
        }

        foreach ((double weight, string thing, string counter, _) in Things)
        {
            ways.Add(new(weight, thing + "/が", Count(counter, "あります")));
        }

        return builder.Choose(ways);

        int Count(string counter, string verb) =>
            builder.Choose([.. Numbers.Select((number, i) => new Way(4 - i, $"{number}/{counter}/{verb}/。/\n", StoryBuilder.Beginning))]);
    }

    // ミアは … トムにボールをあげました。トムはミアにお礼を言いました。／トムからボールをもらいました。ミアはトムにお礼を言いました。
    private static int Gift(StoryBuilder builder, string name)
    {
        List<Way> ways = [];
        foreach (string other in Names.Where(other => other != name))
        {
            ways.Add(new(6, other + "/に", builder.Choose([.. Things.Select(thing => new Way(thing.Weight, thing.Thing + "/を/あげ/ました/。", Thanks(builder, other, name, thing.Use)))])));
            ways.Add(new(4, other + "/から", builder.Choose([.. Things.Select(thing => new Way(thing.Weight, thing.Thing + "/を/もらい/ました/。", Thanks(builder, name, other, thing.Use)))])));
        }

        return builder.Choose(ways);
    }

    private static int Thanks(StoryBuilder builder, string owner, string giver, string use) => builder.Say(
        $"{owner}/は/{giver}/に/お礼/を/言い/ました/。",
        builder.Choose(new(5, "\n", StoryBuilder.Beginning), new(5, $"それから/{owner}/は/{use}/ました/。/\n", StoryBuilder.Beginning)));
}
