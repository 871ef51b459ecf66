using Fukami.Lab;

namespace Fukami.Web.Tests;

public sealed class ModelAccessTests : IDisposable
{
    private readonly string place = Directory.CreateTempSubdirectory("fukami-models-").FullName;
    private readonly ModelAccess access;

    public ModelAccessTests()
    {
        Make("shared/mine");
        Make("shared-not/secret");
        Directory.CreateSymbolicLink(Path.Combine(place, "shared", "link"), Path.Combine(place, "shared-not", "secret"));
        access = new ModelAccess(new ServeOptions { Models = [Path.Combine(place, "shared")] });
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    [Fact]
    public void Models_that_ship_and_models_below_the_folders_are_offered_and_open()
    {
        Assert.Contains("mine", access.Offered());
        Assert.Contains(ShippedModels.Decoder, access.Offered());
        Assert.All(access.Offered(), name => Assert.True(File.Exists(Path.Combine(access.Open(name), "config.json"))));
        Assert.Equal(access.Open("mine"), access.Open(Path.Combine(place, "shared", "mine")));
    }

    [Theory]
    [InlineData("../shared-not/secret")]
    [InlineData("mine/../../shared-not/secret")]
    [InlineData("link")]
    [InlineData("mine/none")]
    [InlineData(".")]
    [InlineData("/etc")]
    [InlineData("a\0b")]
    public void Nothing_else_on_the_disk_opens(string name)
    {
        LabException refused = Assert.ThrowsAny<LabException>(() => access.Open(name));
        Assert.Contains("mine", refused.Sentence.English, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_models_does_not_open_by_its_own_path() =>
        Assert.ThrowsAny<LabException>(() => access.Open(Path.Combine(place, "shared-not", "secret")));

    [Fact]
    public void The_model_of_settings_becomes_its_folder_and_nothing_stays_nothing()
    {
        Experiment experiment = ExperimentCatalog.Find("gradient-flow")!;
        Assert.Equal(access.Open("mine"), access.Open(experiment.Defaults.With("model", "mine")).Text("model"));
        Assert.Equal("", access.Open(experiment.Defaults).Text("model"));
    }

    private void Make(string folder)
    {
        string path = Directory.CreateDirectory(Path.Combine(place, folder)).FullName;
        File.WriteAllText(Path.Combine(path, "config.json"), "{}");
    }
}
