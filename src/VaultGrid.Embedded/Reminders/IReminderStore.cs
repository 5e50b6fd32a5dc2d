using Orleans.Runtime;

namespace VaultGrid.Embedded.Reminders;

/// <summary>Keeps reminders.</summary>
internal interface IReminderStore
{
    Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds the reminder or replaces it, and gives it back with its new version.</summary>
    Task<ReminderRow> UpsertAsync(ReminderRow row, CancellationToken cancellationToken);

    /// <summary>Removes the reminder if it still has this version.</summary>
    Task<bool> RemoveAsync(GrainId grain, string name, long version, CancellationToken cancellationToken);
}
