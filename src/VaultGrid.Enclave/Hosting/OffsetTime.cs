namespace VaultGrid.Enclave;

/// <summary>The host's time moved by a fixed offset: for tests and rehearsals (<c>--unsafe-clock-offset</c>).</summary>
internal sealed class OffsetTime(TimeSpan offset) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
