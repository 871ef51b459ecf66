using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fukami.Course;

/// <summary>Sets up every connection to a SQLite file so that what is committed survives a kill and a power cut, and readers do not wait for a writer.</summary>
internal sealed class DurableSqlite : DbConnectionInterceptor
{
    private const string Setup = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Setup;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Setup;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
