using System.Data.Common;
using Fukami.Lab;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Fukami.Course;

/// <summary>What went wrong in a database, as a sentence to a person.</summary>
internal static class StoreErrors
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteConstraint = 19;
    private const int SqliteNotADatabase = 26;

    /// <summary>Runs work and turns the database's own errors into sentences.</summary>
    public static async Task<T> GuardAsync<T>(StoreAddress address, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (Explain(address, e) is { } sentence)
        {
            throw new CourseException(sentence, e);
        }
    }

    /// <summary>Whether two wrote the same key.</summary>
    public static bool IsTaken(Exception error) => Cause(error) switch
    {
        SqliteException { SqliteErrorCode: SqliteConstraint } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure } => true,
        _ => false,
    };

    /// <summary>Whether what an event belongs to is not there.</summary>
    public static bool IsOrphan(Exception error) => Cause(error) switch
    {
        SqliteException { SqliteExtendedErrorCode: 787 } => true,
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } => true,
        _ => false,
    };

    private static Exception Cause(Exception error) => error is DbUpdateException { InnerException: { } inner } ? inner : error;

    private static LocalizedText? Explain(StoreAddress address, Exception error)
    {
        string place = address.Kind == StoreKind.Sqlite ? address.Place : "PostgreSQL";
        return Cause(error) switch
        {
            SqliteException { SqliteErrorCode: SqliteFull } => new LocalizedText(
                $"There is no room left on the disk for {place}; free some, and go on. Everything up to the last answer is kept.",
                $"{place} のディスクに空きがありません。空きを作ってから続けてください。直前の回答までは保存されています。"),
            SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked } => new LocalizedText(
                $"Another program has been writing to {place} for more than 20 seconds; close it, and try again.",
                $"別のプログラムが 20 秒以上 {place} に書き込んでいます。終了させてから、もう一度試してください。"),
            SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNotADatabase } => new LocalizedText(
                $"{place} is damaged or no database of Fukami's; it was left as it is. Restore a copy, or give another folder with --data.",
                $"{place} が壊れているか、Fukami のデータベースではありません。ファイルには手を付けていません。控えから戻すか、--data で別のフォルダーを指定してください。"),
            SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCannotOpen } or UnauthorizedAccessException or IOException => new LocalizedText(
                $"{place} cannot be written; give a folder of yours with --data.",
                $"{place} に書き込めません。--data で書き込めるフォルダーを指定してください。"),
            SqliteException { SqliteErrorCode: not SqliteConstraint } sqlite => new LocalizedText(
                $"The data in {place} cannot be used: {sqlite.Message}",
                $"{place} のデータを使えません: {sqlite.Message}"),
            PostgresException { SqlState: not (PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ForeignKeyViolation) } postgres => new LocalizedText(
                $"The PostgreSQL database refuses: {postgres.MessageText}. Check {StoreAddress.DatabaseVariable}.",
                $"PostgreSQL がエラーを返しました: {postgres.MessageText}。{StoreAddress.DatabaseVariable} を確かめてください。"),
            NpgsqlException and not PostgresException => new LocalizedText(
                $"The PostgreSQL database cannot be reached; check {StoreAddress.DatabaseVariable}, and that the server runs.",
                $"PostgreSQL に接続できません。{StoreAddress.DatabaseVariable} の内容と、サーバーが動いているかを確かめてください。"),
            ArgumentException when address.Kind == StoreKind.Postgres => new LocalizedText(
                $"{StoreAddress.DatabaseVariable} is no connection string, such as Host=localhost;Database=fukami;Username=me.",
                $"{StoreAddress.DatabaseVariable} が接続文字列になっていません（例: Host=localhost;Database=fukami;Username=me）。"),
            DbException other when !IsTaken(other) && !IsOrphan(other) => new LocalizedText(
                $"The data in {place} cannot be used: {other.Message}",
                $"{place} のデータを使えません: {other.Message}"),
            _ => null,
        };
    }
}
