namespace VaultGrid.Relay.Tests.Grid;

/// <summary>The machine's clock, shifted: timers run as they are, what is signed and verified sees another day.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
