using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>
/// A BLS key of the proof-of-possession scheme with public keys in G1 (draft-irtf-cfrg-bls-signature; Ethereum consensus). A share of such a key is one as well, and
/// its signatures are signature shares.
/// </summary>
[DebuggerDisplay("BlsSecretKey(redacted)")]
public sealed class BlsSecretKey : IDisposable
{
    // ceil(1.5 · 255 / 8), so that reducing leaves a bias below 2^-128.
    private const int MaterialLength = 48;
    private const int ShortestMaterial = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly BlsSecretScalar _scalar;

    private BlsSecretKey(BlsSecretScalar scalar)
    {
        _scalar = scalar;
        PublicKey = new BlsPublicKey(scalar.TimesG1Generator());
    }

    /// <summary>The public key (SkToPk, 2.4).</summary>
    public BlsPublicKey PublicKey { get; }

    /// <summary>KeyGen (2.3, with the salt that version 4 and EIP-2333 begin with).</summary>
    /// <param name="keyMaterial">Secret, uniform, 32 bytes or more.</param>
    /// <param name="keyInfo">Public; may be empty.</param>
    /// <exception cref="ArgumentException">The key material is too short to be a secret.</exception>
    public static BlsSecretKey Generate(SecretBytes keyMaterial, ReadOnlySpan<byte> keyInfo = default)
    {
        ArgumentNullException.ThrowIfNull(keyMaterial);
        if (keyMaterial.Length < ShortestMaterial)
            throw new ArgumentException($"Key material has {ShortestMaterial} bytes or more, not {keyMaterial.Length}.", nameof(keyMaterial));

        // "IKM || I2OSP(0, 1)" and "key_info || I2OSP(L, 2)"
        using var material = new SecretBytes(keyMaterial.Length + 1);
        keyMaterial.CopyTo(material.Span[..^1]);
        Span<byte> info = [.. keyInfo, 0, MaterialLength];

        Span<byte> salt = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData("BLS-SIG-KEYGEN-SALT-"u8, salt);
        while (true)
        {
            using var okm = HkdfSha256.Derive(material, salt, info, MaterialLength);
            var scalar = BlsSecretScalar.Reduce(okm);
            if (!scalar.IsZero) return new BlsSecretKey(scalar);
            scalar.Dispose();
            SHA256.HashData(salt, salt);
        }
    }

    /// <summary>Takes 32 bytes, big-endian, above 0 and below r, and wipes where they came from, whatever the outcome.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<BlsSecretKey> Take(Span<byte> bytes) => BlsSecretScalar.Take(bytes).Then(From);

    /// <summary>Makes a key of a scalar, which it owns from now on; a zero is disposed of.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/> for 0.</returns>
    public static Outcome<BlsSecretKey> From(BlsSecretScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        if (!scalar.IsZero) return new BlsSecretKey(scalar);
        scalar.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "a BLS key is not 0");
    }

    /// <summary>
    /// Signs a message (CoreSign, 2.6). The result was checked to be in the group, so that a fault tells nothing about the key; that it verifies is left to whoever
    /// puts shares together, and costs them a pairing.
    /// </summary>
    public BlsSignature Sign(ReadOnlySpan<byte> message) => Sign(message, BlsTags.Signature);

    /// <summary>Signs a point that was hashed before, for signing one message with several shares: G2Point.Hash under the tag of the scheme.</summary>
    public BlsSignature SignHashed(BlsMessagePoint message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Point.Multiply(_scalar));
    }

    /// <summary>Proves that this key is held by whoever publishes the public key (PopProve, 3.3.2).</summary>
    public BlsSignature ProvePossession() => Sign(PublicKey.Compressed, BlsTags.Possession);

    /// <summary>The scalar, 32 bytes, big-endian.</summary>
    public SecretBytes ToBytes() => _scalar.ToBytes();

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "BlsSecretKey(redacted)";

    internal BlsSignature Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag) => new(G2Point.Hash(message, tag).Multiply(_scalar));
}
