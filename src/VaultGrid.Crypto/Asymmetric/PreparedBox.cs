using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>An empty box of <see cref="SealedBox"/>: its ephemeral public key, and in locked memory the key that seals. It serves once.</summary>
[DebuggerDisplay("PreparedBox(redacted)")]
public sealed class PreparedBox : IDisposable
{
    private readonly byte[] _ephemeral;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private SecretBytes? _key;

    internal PreparedBox(byte[] ephemeral, SecretBytes key) => (_ephemeral, _key) = (ephemeral, key);

    /// <summary>Seals, and wipes the key.</summary>
    /// <param name="associatedData">The header that travels beside the box; authenticated.</param>
    /// <param name="plaintext">Any length.</param>
    /// <exception cref="InvalidOperationException">It has served, or was disposed of.</exception>
    public byte[] Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        using var key = Interlocked.Exchange(ref _key, null) ?? throw new InvalidOperationException("This box was used already.");
        return [.. _ephemeral, .. Aes256Gcm.Seal(key, plaintext, associatedData)];
    }

    /// <summary>Wipes the key unless it was used.</summary>
    public void Dispose() => Interlocked.Exchange(ref _key, null)?.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PreparedBox(redacted)";
}
