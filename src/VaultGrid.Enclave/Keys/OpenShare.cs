using System.Diagnostics;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave;

/// <summary>A share in use, with its stock of Paillier noise.</summary>
[DebuggerDisplay("OpenShare(redacted)")]
internal sealed class OpenShare(ThresholdShare share, int noise) : IDisposable
{
    /// <summary>T and P.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public ThresholdShare Share => share;

    /// <summary>The stock of noise of P.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public PaillierNoisePool Noise { get; } = new(share.Paillier, noise);

    /// <inheritdoc/>
    public void Dispose()
    {
        Noise.Dispose();
        share.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "OpenShare(redacted)";
}
