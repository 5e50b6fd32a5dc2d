using Orleans.Runtime;

namespace VaultGrid.Embedded.Reminders;

/// <summary>A stored reminder. Its ticks are due at <paramref name="StartAt"/> (UTC) and every <paramref name="Period"/> from there.</summary>
internal sealed record ReminderRow(GrainId Grain, string Name, DateTime StartAt, TimeSpan Period, long Version) : IGrainReminder
{
    public string ReminderName => Name;

    /// <summary>The first tick after <paramref name="now"/>; ticks that were missed are not made up for.</summary>
    public DateTime NextTick(DateTime now) =>
        now < StartAt ? StartAt : StartAt + Period * (Math.Floor((now - StartAt) / Period) + 1);
}
