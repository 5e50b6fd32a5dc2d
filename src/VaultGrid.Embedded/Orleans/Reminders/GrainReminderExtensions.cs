using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using VaultGrid.Embedded.Reminders;

namespace Orleans;

/// <summary>Durable timers that wake a grain, active or not.</summary>
public static class GrainReminderExtensions
{
    /// <exception cref="ArgumentException">The period is under a minute, or a time is negative.</exception>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        RegisterOrUpdateReminder((IGrainBase)grain, reminderName, dueTime, period);

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain,string,TimeSpan,TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(
        this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain is IRemindable
            ? Service(grain).RegisterAsync(grain.GrainContext.GrainId, Named(reminderName), dueTime, period)
            : throw new InvalidOperationException($"Grain {grain.GrainContext.GrainId} is not {nameof(IRemindable)}, so it can't have reminders.");
    }

    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => UnregisterReminder((IGrainBase)grain, reminder);

    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentNullException.ThrowIfNull(reminder);
        return Service(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder);
    }

    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) => GetReminder((IGrainBase)grain, reminderName);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Service(grain).GetAsync(grain.GrainContext.GrainId, Named(reminderName));
    }

    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => GetReminders((IGrainBase)grain);

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return Service(grain).ListAsync(grain.GrainContext.GrainId);
    }

    private static string Named(string reminderName) =>
        string.IsNullOrWhiteSpace(reminderName) ? throw new ArgumentNullException(nameof(reminderName)) : reminderName;

    private static ReminderService Service(IGrainBase grain) =>
        grain.GrainContext.ActivationServices.GetRequiredService<ReminderService>();
}
