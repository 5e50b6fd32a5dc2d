using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// Signatures of BIP-340 by FROST over secp256k1: the challenge is BIP-340's tagged hash over x coordinates; key and nonce are negated where their y is odd.
/// Everything else as in RFC 9591, section 6.5, under a context of its own.
/// </summary>
internal sealed class TaprootSuite : Secp256k1Suite
{
    private static readonly byte[] ChallengeTag = SHA256.HashData("BIP0340/challenge"u8);

    public TaprootSuite()
        : base("taproot", "FROST-secp256k1-SHA256-TR-v1")
    {
    }

    internal override bool EvenY => true;

    public override byte[] EncodeKey(GroupElement key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Bytes[1..].ToArray();
    }

    public override bool Verify(GroupElement key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        return XOnlyPublicKey.Parse(key.Bytes[1..]).Value.Verify(message, signature);
    }

    internal override byte[] EncodeSignature(GroupElement r, PublicScalar z) => [.. r.Bytes[1..], .. z.Bytes];

    internal override PublicScalar Challenge(GroupElement r, GroupElement key, ReadOnlySpan<byte> message) =>
        Group.Reduce(SHA256.HashData([.. ChallengeTag, .. ChallengeTag, .. r.Bytes[1..], .. key.Bytes[1..], .. message]));
}
