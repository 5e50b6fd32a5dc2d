using System.Reflection;

namespace VaultGrid.Enclave.Tests;

/// <summary>An enclave in this process, without a socket.</summary>
internal sealed class CorePort(EnclaveCore core) : IEnclavePort
{
    /// <summary>What the enclave knows, for tests that reach into its memory.</summary>
    public VaultState State => ((SealedVault)typeof(EnclaveCore).GetField("_vault", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(core)!).State;

    public Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Task.FromResult(core.Handle(kind, body.Span));
}
