using System.Globalization;
using System.Text.RegularExpressions;
using Fukami.Course;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>What is asked for and cannot be had: a sentence says so, and nothing breaks.</summary>
public sealed partial class BadInputTests(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public async Task A_port_that_is_taken_is_said_with_one_that_is_free()
    {
        (int code, string error) = await FukamiServer.RunAsync("serve", "--port", Server.Address.Port.ToString(CultureInfo.InvariantCulture), "--data", NewFolder(), "--lang", "en");
        Assert.Equal(1, code);
        Match said = Advice().Match(error);
        Assert.True(said.Success, error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.NotEqual(Server.Address.Port, int.Parse(said.Groups["free"].Value, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("inside?model=../../../etc", "“../../../etc” is no model that may be opened here")]
    [InlineData("inside?model=/etc&prompt=a", "“/etc” is no model that may be opened here")]
    public async Task A_model_that_may_not_be_opened_is_refused_in_a_sentence(string address, string said)
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync(address);
        await aki.Page.LiveAsync();
        await Assertions.Expect(aki.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(said);
    }

    [Theory]
    [InlineData("--port", "eighty", "is no port")]
    [InlineData("--port", "70000", "is no port")]
    [InlineData("--listen", "everywhere", "is no address")]
    public async Task An_option_that_cannot_be_is_refused_as_a_bad_argument(string option, string value, string said)
    {
        (int code, string error) = await FukamiServer.RunAsync("serve", option, value, "--data", NewFolder(), "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_said()
    {
        string file = Path.Combine(NewFolder(), "file");
        await File.WriteAllTextAsync(file, "");
        (int code, string error) = await FukamiServer.RunAsync("serve", "--port", "0", "--data", Path.Combine(file, "data"), "--lang", "en");
        Assert.Equal(1, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_with_a_sentence()
    {
        string folder = NewFolder();
        await LearnerStore.OpenAsync(StoreAddress.InFolder(folder));
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "fukami.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_version (version) VALUES (99)";
            await command.ExecuteNonQueryAsync();
        }

        (int code, string error) = await FukamiServer.RunAsync("serve", "--port", "0", "--data", folder, "--lang", "en");
        Assert.Equal(1, code);
        Assert.Contains("newer Fukami", error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("session/nothing", "There is no such session")]
    [InlineData("lab/nothing", "There is no experiment “nothing”")]
    [InlineData("lab/gradient-flow?depth=many", "This link does not work as it stands")]
    [InlineData("lab/gradient-flow?depht=3", "This link does not work as it stands")]
    [InlineData("lab/compare?a=nothing&b=gradient-flow", "nothing")]
    [InlineData("nothing", "There is no such page")]
    public async Task What_is_not_there_is_said_on_a_page(string address, string said)
    {
        Visitor aki = await LearnerAsync();
        aki.Expects = text => text.Contains("404", StringComparison.Ordinal);
        await aki.Page.GotoAsync(address);
        await aki.Page.LiveAsync();
        await Assertions.Expect(aki.Page.Locator("main")).ToContainTextAsync(said);
    }

    [Fact]
    public async Task A_browser_without_web_sockets_studies_too()
    {
        Visitor aki = await LearnerAsync();
        aki.Expects = said => said.Contains("WebSocket", StringComparison.OrdinalIgnoreCase);
        await aki.Context.AddInitScriptAsync("delete window.WebSocket;");
        await aki.Page.BeginSessionAsync("residual-and-normalization");
        while (await aki.Page.Locator(".step .question").CountAsync() == 0)
        {
            await aki.Page.StepAsync();
        }

        await aki.Page.StepAsync();
        Assert.True(await aki.Page.EvaluateAsync<bool>("() => window.WebSocket === undefined"));
        Assert.NotEmpty((await Server.EventsAsync(aki.Name)).Answered("residual-and-normalization"));
    }

    [GeneratedRegex(@"is taken.*?give --port (?<free>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Advice();
}
