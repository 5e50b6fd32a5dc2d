using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>Challenges of proofs: SHA-512 of a tagged statement, modulo the order (the bias is below 2^-250).</summary>
internal static class TranscriptScalar
{
    public static PublicScalar Challenge(PrimeGroup group, string what, ReadOnlySpan<byte> body) =>
        group.Reduce(SHA512.HashData(Tagged.Statement(what, body)));
}
