using System.Buffers.Binary;
using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>A non-hardened BIP-32 descendant of a threshold key: X' = X + τ·G, where τ is public.</summary>
internal sealed record ChildKey(PublicScalar Tweak, PublicKey PublicKey)
{
    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    /// <summary>Walks down from the root.</summary>
    /// <returns>The child, or <see cref="RefusalCode.InputUnsupported"/>: a hardened step, or (1 in 2^127) no such child.</returns>
    public static Outcome<ChildKey> Derive(ExtendedPublicKey root, DerivationPath path)
    {
        var tweak = Group.Zero;
        var key = root;
        foreach (var step in path.Steps)
        {
            if (!key.Derive(step).Is(out var child, out var refusal)) return refusal;
            tweak += StepTweak(key, step);
            key = child;
        }
        return new ChildKey(tweak, key.PublicKey);
    }

    // BIP-32, CKDpub: "I = HMAC-SHA512(Key = cpar, Data = serP(Kpar) || ser32(i))"; the child is point(parse256(I_L)) + Kpar.
    private static PublicScalar StepTweak(ExtendedPublicKey parent, uint step)
    {
        Span<byte> data = stackalloc byte[PublicKey.CompressedLength + sizeof(uint)];
        parent.PublicKey.Compressed.CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(data[PublicKey.CompressedLength..], step);
        Span<byte> i = stackalloc byte[HMACSHA512.HashSizeInBytes];
        HMACSHA512.HashData(parent.ChainCode, data, i);
        return Group.Reduce(i[..PrimeGroup.ScalarLength]);
    }
}
