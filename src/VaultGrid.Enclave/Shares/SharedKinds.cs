using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols;
using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave;

/// <summary>What the kinds of shared keys are made of.</summary>
internal static class SharedKinds
{
    /// <summary>The group that a kind's keys are in.</summary>
    public static PrimeGroup Group(this KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 or KeyKind.Taproot => PrimeGroup.Secp256k1,
        KeyKind.Ed25519 => PrimeGroup.Ed25519,
        KeyKind.Bls => PrimeGroup.Bls12381G1,
        KeyKind.Dise => PrimeGroup.Ristretto255,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of shared key."),
    };

    /// <summary>The suite of a kind that signs with FROST, or null.</summary>
    public static FrostSuite? Suite(this KeyKind kind) => kind switch
    {
        KeyKind.FrostSecp256k1 => FrostSuite.Secp256k1,
        KeyKind.Taproot => FrostSuite.Taproot,
        KeyKind.Ed25519 => FrostSuite.Ed25519,
        KeyKind.Bls or KeyKind.Dise => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of shared key."),
    };

    /// <summary>The public key as its verifiers have it.</summary>
    public static byte[] Encode(this KeyKind kind, SharedKey key) => kind.Suite()?.EncodeKey(key.PublicKey) ?? key.PublicKey.Bytes.ToArray();

    /// <summary>The fingerprint of a shared key, the same in all its versions: public key and chain code.</summary>
    public static Hash256 Fingerprint(SharedKey key) => Hash256.Of("shared-key", [.. key.PublicKey.Bytes, .. key.ChainCode.AsSpan()]);
}
