using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.HashToCurve;

namespace VaultGrid.Protocols.Frost;

/// <summary>FROST(secp256k1, SHA-256), RFC 9591, section 6.5. H1, H2, H3 are hash_to_field of RFC 9380 with 48 bytes, tags contextString ‖ "rho", "chal", "nonce".</summary>
internal class Secp256k1Suite : FrostSuite
{
    private const int WideLength = 48;

    public Secp256k1Suite()
        : base("schnorr", PrimeGroup.Secp256k1, "FROST-secp256k1-SHA256-v1")
    {
    }

    private protected Secp256k1Suite(string name, string contextString)
        : base(name, PrimeGroup.Secp256k1, contextString)
    {
    }

    public override bool Verify(GroupElement key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        // z·G − c·PK = R (RFC 9591, appendix B)
        if (signature.Length != Group.ElementLength + PrimeGroup.ScalarLength
            || !Group.Decode(signature[..Group.ElementLength]).Is(out var r, out _)
            || !Group.DecodeScalar(signature[Group.ElementLength..]).Is(out var z, out _)) return false;
        return Group.CombineVarTime(z, key, -Challenge(r, key, message)).Equals(r);
    }

    internal override PublicScalar H1(ReadOnlySpan<byte> message) => ToField(message, "rho"u8);

    internal override PublicScalar Challenge(GroupElement r, GroupElement key, ReadOnlySpan<byte> message) => ToField([.. r.Bytes, .. key.Bytes, .. message], "chal"u8);

    internal override SecretScalar H3(ReadOnlySpan<byte> message)
    {
        Span<byte> wide = stackalloc byte[WideLength];
        ExpandMessage.Xmd(message, [.. Context, .. "nonce"u8], wide);
        return Group.ReduceSecret(wide);
    }

    internal override byte[] H4(ReadOnlySpan<byte> message) => SHA256.HashData([.. Context, .. "msg"u8, .. message]);

    internal override byte[] H5(ReadOnlySpan<byte> message) => SHA256.HashData([.. Context, .. "com"u8, .. message]);

    private PublicScalar ToField(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        Span<byte> wide = stackalloc byte[WideLength];
        ExpandMessage.Xmd(message, [.. Context, .. tag], wide);
        return Group.Reduce(wide);
    }
}
