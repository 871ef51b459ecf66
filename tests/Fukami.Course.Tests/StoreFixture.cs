using Npgsql;

namespace Fukami.Course.Tests;

/// <summary>An empty database of a kind; it goes when the test ends. PostgreSQL's server is the one that the test command starts.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private const string Variable = "FUKAMI_TEST_POSTGRES";

    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly string? database;

    private StoreFixture(StoreKind kind, string? database)
    {
        this.database = database;
        Address = kind == StoreKind.Sqlite ? StoreAddress.InFolder(folder) : new StoreAddress(kind, $"{Server};Database={database};Pooling=false");
    }

    public StoreAddress Address { get; }

    private static string? Server => Environment.GetEnvironmentVariable(Variable);

    public static async Task<StoreFixture> OfAsync(StoreKind kind)
    {
        if (kind == StoreKind.Sqlite)
        {
            return new StoreFixture(kind, null);
        }

        Assert.SkipWhen(string.IsNullOrEmpty(Server), $"{Variable} is not set; eng/test starts a PostgreSQL server and sets it.");
        string name = $"fukami_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new StoreFixture(kind, name);
    }

    public Task<LearnerStore> OpenAsync(TimeProvider? time = null) => LearnerStore.OpenAsync(Address, time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection($"{Server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
