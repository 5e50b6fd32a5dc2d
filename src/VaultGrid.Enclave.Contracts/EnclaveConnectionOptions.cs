namespace VaultGrid.Enclave.Contracts;

/// <summary>How an <see cref="EnclaveConnection"/> behaves.</summary>
public sealed record EnclaveConnectionOptions
{
    /// <summary>The enclave's Unix socket.</summary>
    public required string SocketPath { get; init; }

    /// <summary>The most calls in flight; more are refused with <c>enclave.busy</c>.</summary>
    /// <value>512</value>
    public int CallsInFlight { get; init; } = 512;

    /// <summary>How long a connection attempt may take, and how long the enclave may leave a write or half an answer waiting.</summary>
    /// <value>10 seconds</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
