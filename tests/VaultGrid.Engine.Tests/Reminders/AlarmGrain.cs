using VaultGrid.Engine.Tests.Hosting;

namespace VaultGrid.Engine.Tests.Reminders;

public sealed class AlarmGrain(Stage stage) : Grain, IAlarmGrain, IRemindable
{
    public Task Set(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public async Task Unset(string name) =>
        await this.UnregisterReminder(await this.GetReminder(name) ?? throw new InvalidOperationException("There is no such reminder."));

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        stage.Reach($"rang:{this.GetPrimaryKeyString()}:{reminderName}:{status.Period.TotalMinutes}");
        return Task.CompletedTask;
    }
}
