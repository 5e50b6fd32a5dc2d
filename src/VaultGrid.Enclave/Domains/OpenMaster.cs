using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>An opened master key, and the signing key that the platform made of it where it signs on P-256. Safe for use from any thread.</summary>
[DebuggerDisplay("OpenMaster(redacted)")]
internal sealed class OpenMaster(MasterKey key) : IDisposable
{
    // .NET doesn't promise that one instance signs from two threads.
    private readonly Lock _gate = new();

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private P256SigningKey? _p256;

    /// <summary>The master key; it belongs to this object.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public MasterKey Key => key;

    /// <summary>Signs a digest on P-256.</summary>
    public Outcome<byte[]> SignP256(Hash256 digest)
    {
        lock (_gate)
        {
            if (_p256 is null && !P256SigningKey.Import(key.Secret).Is(out _p256, out var refusal)) return refusal;
            return _p256.SignDigest(digest);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _p256?.Dispose();
        key.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "OpenMaster(redacted)";
}
