using System.Diagnostics;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>What c_t keeps until it signs: a = z_1⋯z_{t−1} and b = x_1⋯x_{t−1}·a, both mod q, and its own z_t.</summary>
[DebuggerDisplay("LastSecrets(redacted)")]
internal sealed class LastSecrets(SecretScalar a, SecretScalar b, SecretScalar z) : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretScalar A { get; } = a;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretScalar B { get; } = b;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretScalar Z { get; } = z;

    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
        Z.Dispose();
    }

    public override string ToString() => "LastSecrets(redacted)";
}
