using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>The private half of a wrap key for one chain of Trusts: as it is stored, in locked memory, and opened for use, in OpenSSL's.</summary>
[DebuggerDisplay("ChainKey(redacted)")]
internal sealed class ChainKey : IDisposable
{
    private ChainKey(SecretBytes stored, Crypto.WrapKey opened) => (Stored, Opened) = (stored, opened);

    /// <summary>What the store holds.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretBytes Stored { get; }

    /// <summary>Opens tokens.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Crypto.WrapKey Opened { get; }

    /// <summary>Draws a key; RSA takes a second or so.</summary>
    public static ChainKey Generate(WrapKeyKind kind)
    {
        var opened = Crypto.WrapKey.Generate(kind);
        return new ChainKey(opened.Export(), opened);
    }

    /// <summary>Opens a stored key, which belongs to this object from now on; <c>store.tampered</c> where it isn't the one with this public half.</summary>
    public static Outcome<ChainKey> Open(SecretBytes stored, WrapPublicKey expected)
    {
        if (Crypto.WrapKey.Import(expected.Kind, stored).Is(out var opened, out _))
        {
            if (opened.Public.Equals(expected)) return new ChainKey(stored, opened);
            opened.Dispose();
        }

        stored.Dispose();
        return new Refusal(RefusalCode.StoreTampered, "the store holds a wrap key that isn't the one it names");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stored.Dispose();
        Opened.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ChainKey(redacted)";
}
