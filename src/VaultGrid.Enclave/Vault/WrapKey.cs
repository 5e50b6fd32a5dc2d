using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A wrap key that waits for its dealer: stored, since a ceremony may take days; wiped at the import.</summary>
/// <param name="Statement">What the D key signs of it.</param>
/// <param name="Scalar">The private half, 32 bytes.</param>
[DebuggerDisplay("WrapKey(redacted)")]
internal sealed record WrapKey(WrapKeyStatement Statement, [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] Leased<SecretBytes> Scalar)
{
    /// <summary>Bytes of the private half.</summary>
    public const int Length = 32;

    /// <summary>Always the same text.</summary>
    public override string ToString() => "WrapKey(redacted)";
}
