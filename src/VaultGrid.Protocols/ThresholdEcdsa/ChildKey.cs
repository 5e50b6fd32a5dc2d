using System.Buffers.Binary;
using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>A non-hardened BIP-32 descendant of a threshold key: X' = X + τ·G, where τ is public.</summary>
internal sealed record ChildKey(PublicScalar Tweak, ExtendedPublicKey Key)
{
    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    public PublicKey PublicKey => Key.PublicKey;

    /// <summary>The key itself: no tweak.</summary>
    public static ChildKey Root(ExtendedPublicKey key) => new(Group.Zero, key);

    /// <summary>One step down.</summary>
    /// <returns>The child, or <see cref="RefusalCode.InputUnsupported"/>: a hardened step, or (1 in 2^127) no such child.</returns>
    public Outcome<ChildKey> Step(uint step) =>
        Key.Derive(step).Is(out var child, out var refusal) ? new ChildKey(Tweak + StepTweak(Key, step), child) : refusal;

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
