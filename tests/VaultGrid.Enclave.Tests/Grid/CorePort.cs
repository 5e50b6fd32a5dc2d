namespace VaultGrid.Enclave.Tests;

/// <summary>An enclave in this process, without a socket.</summary>
internal sealed class CorePort(EnclaveCore core) : IEnclavePort
{
    public Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Task.FromResult(core.Handle(kind, body.Span));
}
