using System.Diagnostics;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave;

/// <summary>A share in use, with the nonces that were made for it: they die with the version.</summary>
[DebuggerDisplay("OpenSharedShare(redacted)")]
internal sealed class OpenSharedShare(KeyShare share, FrostSuite? suite) : IDisposable
{
    /// <summary>The share.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public KeyShare Share => share;

    /// <summary>The nonces; null for a key that doesn't sign with FROST.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public NoncePool? Nonces { get; } = suite is null ? null : new NoncePool(suite, share);

    /// <inheritdoc/>
    public void Dispose()
    {
        Nonces?.Dispose();
        share.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "OpenSharedShare(redacted)";
}
