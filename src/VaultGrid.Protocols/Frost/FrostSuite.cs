using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>A ciphersuite of FROST (RFC 9591, section 6): a group, hash functions with their domains, and the form of signatures.</summary>
public abstract class FrostSuite
{
    private readonly byte[] _context;

    private protected FrostSuite(string name, PrimeGroup group, string contextString) =>
        (Name, Group, _context) = (name, group, System.Text.Encoding.ASCII.GetBytes(contextString));

    /// <summary>FROST(secp256k1, SHA-256), RFC 9591, section 6.5.</summary>
    public static FrostSuite Secp256k1 { get; } = new Secp256k1Suite();

    /// <summary>FROST(Ed25519, SHA-512), RFC 9591, section 6.1: signatures are those of RFC 8032.</summary>
    public static FrostSuite Ed25519 { get; } = new Ed25519Suite();

    /// <summary>secp256k1 with signatures of BIP-340: x-only keys and nonces of even y.</summary>
    public static FrostSuite Taproot { get; } = new TaprootSuite();

    /// <summary>The name in requests: <c>schnorr</c>, <c>ed25519</c>, <c>taproot</c>.</summary>
    public string Name { get; }

    /// <summary>The group.</summary>
    public PrimeGroup Group { get; }

    /// <summary>True where key and nonce count by their x coordinate alone, and so both are taken with even y (BIP-340).</summary>
    internal virtual bool EvenY => false;

    private protected ReadOnlySpan<byte> Context => _context;

    /// <summary>The public key as verifiers have it.</summary>
    public virtual byte[] EncodeKey(GroupElement key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Bytes.ToArray();
    }

    /// <summary>True if an ordinary verifier accepts the signature.</summary>
    public abstract bool Verify(GroupElement key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>R ‖ z.</summary>
    internal virtual byte[] EncodeSignature(GroupElement r, PublicScalar z) => [.. r.Bytes, .. z.Bytes];

    /// <summary>H1, for binding factors.</summary>
    internal abstract PublicScalar H1(ReadOnlySpan<byte> message);

    /// <summary>H2 of nonce commitment, key and message: the challenge.</summary>
    internal abstract PublicScalar Challenge(GroupElement r, GroupElement key, ReadOnlySpan<byte> message);

    /// <summary>H3, for nonces; the message is secret.</summary>
    internal abstract SecretScalar H3(ReadOnlySpan<byte> message);

    /// <summary>H4, of the message.</summary>
    internal abstract byte[] H4(ReadOnlySpan<byte> message);

    /// <summary>H5, of the commitments.</summary>
    internal abstract byte[] H5(ReadOnlySpan<byte> message);

    /// <summary>nonce_generate (section 4.1): H3(random_bytes(32) ‖ secret), so that neither a weak generator nor a known share alone gives a nonce away.</summary>
    internal SecretScalar GenerateNonce(SecretScalar secret, ReadOnlySpan<byte> random32)
    {
        Span<byte> input = stackalloc byte[32 + PrimeGroup.ScalarLength];
        try
        {
            random32.CopyTo(input);
            using var encoded = secret.ToSecret();
            encoded.CopyTo(input[32..]);
            return H3(input);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(input);
        }
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
