using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto;

/// <summary>The form of numbers modulo the order of secp256k1: 32 bytes, big-endian.</summary>
internal static class Scalars
{
    public const int Length = 32;

    public static void RequireLength(ReadOnlySpan<byte> scalar, [CallerArgumentExpression(nameof(scalar))] string? name = null)
    {
        if (scalar.Length != Length) throw new ArgumentException($"A scalar has 32 bytes, not {scalar.Length}.", name);
    }
}
