namespace Fukami.Course;

/// <summary>A kind of database.</summary>
public enum StoreKind
{
    /// <summary>One file on this machine.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,
}
