using System.Reflection;

namespace VaultGrid.Enclave.Tests;

/// <summary>An enclave in this process, without a socket.</summary>
internal sealed class CorePort(EnclaveCore core) : IEnclavePort
{
    /// <summary>What the enclave knows, for tests that reach into its memory.</summary>
    public VaultState State => Vault.State;

    private SealedVault Vault => (SealedVault)typeof(EnclaveCore).GetField("_vault", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(core)!;

    /// <summary>Brings the enclave into a state that takes long to come to by calls.</summary>
    public void Change(Func<VaultState, VaultState> change) => Assert.Null(Vault.Change(state => (Outcome<Step<Done>>)new Step<Done>(change(state), default)).Refusal);

    public Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        Task.FromResult(core.Handle(kind, body.Span));
}
