using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>The key of a backup: a random scalar of secp256k1 in Shamir's shares, as many of which as the quorum put it together; the box's key is derived from it.</summary>
internal static class BackupKey
{
    /// <summary>Draws a key and splits it.</summary>
    /// <param name="quorum">How many pieces put it together.</param>
    /// <param name="pieces">How many there are.</param>
    /// <param name="header">What the box is bound to.</param>
    /// <returns>The box's key, and the pieces, the first for index 1; the caller disposes of all.</returns>
    public static (SecretBytes Key, SecretBytes[] Pieces) Split(int quorum, int pieces, ReadOnlySpan<byte> header)
    {
        using var polynomial = SecretPolynomial.Random(PrimeGroup.Secp256k1, quorum - 1);
        var split = new SecretBytes[pieces];
        for (var i = 0; i < pieces; i++)
        {
            using var value = polynomial.Evaluate(new PartyIndex(i + 1));
            split[i] = value.ToSecret();
        }

        using var coefficients = polynomial.ToSecret();
        using var constant = coefficients.Slice(0, PrimeGroup.ScalarLength);
        return (Derive(constant, header), split);
    }

    /// <summary>Puts the box's key together.</summary>
    /// <param name="pieces">Exactly a quorum of pieces; they stay the caller's.</param>
    /// <param name="header">What the box is bound to.</param>
    public static Outcome<SecretBytes> Combine(IReadOnlyDictionary<PartyIndex, SecretBytes> pieces, ReadOnlySpan<byte> header)
    {
        var group = PrimeGroup.Secp256k1;
        PartyIndex[] indices = [.. pieces.Keys];
        var sum = group.DecodeSecret(SecretBytes.Take(group.Zero.Bytes.ToArray())).Value;
        foreach (var (index, piece) in pieces)
        {
            using var before = sum;
            if (!group.DecodeSecret(piece.Clone()).Is(out var scalar, out var refusal)) return refusal;
            using (scalar)
            {
                using var term = scalar.Multiply(Lagrange.Coefficient(group, indices, index));
                sum = before.Add(term);
            }
        }

        using (sum)
        {
            using var constant = sum.ToSecret();
            return Derive(constant, header);
        }
    }

    private static SecretBytes Derive(SecretBytes constant, ReadOnlySpan<byte> header) =>
        HkdfSha256.Derive(constant, Hash256.Sha256(header).AsSpan(), "VaultGrid/v1/share-backup-key\0"u8, Aes256Gcm.KeyLength);
}
