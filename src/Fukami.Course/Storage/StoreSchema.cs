using System.Data;
using System.Data.Common;
using Fukami.Lab;
using Microsoft.EntityFrameworkCore;

namespace Fukami.Course;

/// <summary>The tables and their versions. A database is brought to the current version when it is opened; a newer one is refused.</summary>
internal static class StoreSchema
{
    // From each version to the next, in statements that both databases understand. A step that is out is never changed.
    private static readonly string[][] Steps =
    [
        [
            "CREATE TABLE learners (id {guid} PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, study_group TEXT NOT NULL, language TEXT NOT NULL, created BIGINT NOT NULL)",
            "CREATE TABLE events (learner {guid} NOT NULL REFERENCES learners (id) ON DELETE CASCADE, number BIGINT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (learner, number))",
        ],
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Current => Steps.Length;

    /// <summary>Brings a database to the current version; several processes may do so at once.</summary>
    /// <exception cref="CourseException">The database is of a newer version.</exception>
    public static async Task PrepareAsync(LearnerContext context, StoreAddress address, CancellationToken cancellation)
    {
        await context.Database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        DbConnection connection = context.Database.GetDbConnection();
        string guid = address.Kind == StoreKind.Postgres ? "UUID" : "TEXT";
        DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (address.Kind == StoreKind.Postgres)
            {
                await ExecuteAsync(connection, transaction, "SELECT pg_advisory_xact_lock(46554)", cancellation).ConfigureAwait(false);
            }

            await ExecuteAsync(connection, transaction, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", cancellation).ConfigureAwait(false);
            int version = Convert.ToInt32(await ScalarAsync(connection, transaction, "SELECT COALESCE(MAX(version), 0) FROM schema_version", cancellation).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);
            if (version > Current)
            {
                throw new CourseException(new LocalizedText(
                    $"The learners' data are of version {version}, and this program knows up to {Current}; it was used with a newer Fukami. Install that one, or give another folder with --data.",
                    $"学習データのバージョンは {version} ですが、このプログラムが扱えるのは {Current} までです。新しい Fukami で作られたデータです。新しいほうを使うか、--data で別のフォルダーを指定してください。"));
            }

            foreach (string statement in Steps[version..].SelectMany(step => step))
            {
                await ExecuteAsync(connection, transaction, statement.Replace("{guid}", guid, StringComparison.Ordinal), cancellation).ConfigureAwait(false);
            }

            if (version < Current)
            {
                await ExecuteAsync(connection, transaction, $"INSERT INTO schema_version (version) VALUES ({Current})", cancellation).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction transaction, string statement, CancellationToken cancellation) =>
        await ScalarAsync(connection, transaction, statement, cancellation).ConfigureAwait(false);

    private static async Task<object?> ScalarAsync(DbConnection connection, DbTransaction transaction, string statement, CancellationToken cancellation)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = statement;
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
        }
    }
}
