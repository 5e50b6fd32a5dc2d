namespace VaultGrid.Engine.Tests.Reminders;

[Alias("vg.test.alarm.v1")]
public interface IAlarmGrain : IGrainWithStringKey
{
    [Alias("Set")]
    Task Set(string name, TimeSpan due, TimeSpan period);

    [Alias("Names")]
    Task<string[]> Names();

    [Alias("Unset")]
    Task Unset(string name);
}
