namespace VaultGrid.Enclave;

/// <summary>What one socket's callers may ask of the enclave.</summary>
internal sealed record ServerLimits
{
    /// <summary>The most connections at a time.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>The most calls under way on all connections; more are refused with <c>enclave.busy</c>.</summary>
    public int CallsUnderWay { get; init; } = 1024;

    /// <summary>How long a frame may take from its first byte to its last, and an answer to be taken.</summary>
    public TimeSpan FrameTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long calls under way may take when the enclave is stopped.</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);
}
