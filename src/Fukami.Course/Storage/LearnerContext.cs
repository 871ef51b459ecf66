using Microsoft.EntityFrameworkCore;

namespace Fukami.Course;

/// <summary>The two tables of learners and their events.</summary>
/// <param name="address">Where they are.</param>
internal sealed class LearnerContext(StoreAddress address) : DbContext
{
    private static readonly DurableSqlite Durable = new();

    public DbSet<LearnerRow> Learners => Set<LearnerRow>();

    public DbSet<EventRow> Events => Set<EventRow>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        if (address.Kind == StoreKind.Postgres)
        {
            optionsBuilder.UseNpgsql(address.Place);
        }
        else
        {
            optionsBuilder.UseSqlite(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = address.Place, DefaultTimeout = 20 }.ToString()).AddInterceptors(Durable);
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<LearnerRow>(row =>
        {
            row.ToTable("learners").HasKey(learner => learner.Id);
            row.Property(learner => learner.Id).HasColumnName("id");
            row.Property(learner => learner.Name).HasColumnName("name");
            row.Property(learner => learner.Role).HasColumnName("role");
            row.Property(learner => learner.Group).HasColumnName("study_group");
            row.Property(learner => learner.Language).HasColumnName("language");
            row.Property(learner => learner.Created).HasColumnName("created");
        });
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events").HasKey(happened => new { happened.Learner, happened.Number });
            row.HasOne<LearnerRow>().WithMany().HasForeignKey(happened => happened.Learner);
            row.Property(happened => happened.Learner).HasColumnName("learner");
            row.Property(happened => happened.Number).HasColumnName("number").ValueGeneratedNever();
            row.Property(happened => happened.Json).HasColumnName("json");
        });
    }
}
