namespace VaultGrid.Embedded.Storage;

/// <summary>A change that waits for its turn, and then for its commit.</summary>
internal abstract class PendingChange
{
    /// <summary>Makes the change, or says false because it threw.</summary>
    public abstract bool TryApply(SqliteSession session);

    /// <summary>The commit is on the disk.</summary>
    public abstract void Acknowledge();

    /// <summary>The commit failed.</summary>
    public abstract void Fail(Exception exception);
}
