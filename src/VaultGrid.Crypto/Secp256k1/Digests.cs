using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto;

/// <summary>What ECDSA signs: a 32-byte hash that the caller has computed itself.</summary>
internal static class Digests
{
    public const int Length = 32;

    public static void RequireLength(ReadOnlySpan<byte> digest, [CallerArgumentExpression(nameof(digest))] string? name = null)
    {
        if (digest.Length != Length) throw new ArgumentException($"A digest has 32 bytes, not {digest.Length}.", name);
    }
}
