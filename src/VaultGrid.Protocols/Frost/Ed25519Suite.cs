using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>FROST(Ed25519, SHA-512), RFC 9591, section 6.1. H2 has no context: it is the hash of RFC 8032.</summary>
internal sealed class Ed25519Suite : FrostSuite
{
    public Ed25519Suite()
        : base("ed25519", PrimeGroup.Ed25519, "FROST-ED25519-SHA512-v1")
    {
    }

    public override bool Verify(GroupElement key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Crypto.Ed25519.Verify(key.Bytes, message, signature);
    }

    internal override PublicScalar H1(ReadOnlySpan<byte> message) => Group.Reduce(SHA512.HashData([.. Context, .. "rho"u8, .. message]));

    internal override PublicScalar Challenge(GroupElement r, GroupElement key, ReadOnlySpan<byte> message) =>
        Group.Reduce(SHA512.HashData([.. r.Bytes, .. key.Bytes, .. message]));

    internal override SecretScalar H3(ReadOnlySpan<byte> message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(Context);
        hash.AppendData("nonce"u8);
        hash.AppendData(message);
        Span<byte> wide = stackalloc byte[SHA512.HashSizeInBytes];
        hash.GetHashAndReset(wide);
        return Group.ReduceSecret(wide);
    }

    internal override byte[] H4(ReadOnlySpan<byte> message) => SHA512.HashData([.. Context, .. "msg"u8, .. message]);

    internal override byte[] H5(ReadOnlySpan<byte> message) => SHA512.HashData([.. Context, .. "com"u8, .. message]);
}
