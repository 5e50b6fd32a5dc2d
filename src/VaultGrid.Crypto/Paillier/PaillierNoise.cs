using System.Diagnostics;

namespace VaultGrid.Crypto;

/// <summary>ρ^N mod N² for a fresh ρ: what makes one ciphertext unlike any other of the same plaintext. It serves once.</summary>
[DebuggerDisplay("PaillierNoise(redacted)")]
public sealed class PaillierNoise : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private Limbs? _value;

    internal PaillierNoise(Limbs value) => _value = value;

    /// <summary>Wipes it unless it was used.</summary>
    public void Dispose() => Interlocked.Exchange(ref _value, null)?.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PaillierNoise(redacted)";

    /// <summary>Hands it over; the taker disposes of it.</summary>
    /// <exception cref="InvalidOperationException">It was used before.</exception>
    internal Limbs Take() =>
        Interlocked.Exchange(ref _value, null) ?? throw new InvalidOperationException("This noise was already used.");
}
