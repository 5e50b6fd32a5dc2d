using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What a release is about. Its bytes are signed and are the additional data of the sealed key, so nothing of it can be exchanged.</summary>
/// <param name="Suite">The fixed suite of this protocol version; never negotiated.</param>
/// <param name="Holder">Who releases.</param>
/// <param name="Joiner">Who is meant.</param>
/// <param name="JoinerNonce">nonce_J.</param>
/// <param name="HolderNonce">nonce_H, 32 random bytes.</param>
/// <param name="JoinerCertificate">SHA-256 of the joiner's certificate (DER).</param>
/// <param name="HolderCertificate">SHA-256 of the holder's certificate (DER).</param>
/// <param name="SessionKey">SHA-256 of the session key's point that the key is sealed to.</param>
/// <param name="KeyId">The key's name.</param>
/// <param name="Kind">The key's kind.</param>
/// <param name="KeyVersion">The share version; 1 for a B key.</param>
/// <param name="Birth">The hash of the birth record.</param>
/// <param name="Evidence">SHA-256 of the evidence as it travels with this.</param>
/// <param name="Policy">The hash of the policy in force.</param>
public sealed record ReleaseHeader(
    byte Suite, NodeId Holder, NodeId Joiner, Hash256 JoinerNonce, Hash256 HolderNonce, Hash256 JoinerCertificate, Hash256 HolderCertificate,
    Hash256 SessionKey, KeyId KeyId, KeyKind Kind, ulong KeyVersion, Hash256 Birth, Hash256 Evidence, Hash256 Policy)
{
    /// <summary>ECDH P-256, HKDF-SHA256, AES-256-GCM.</summary>
    public const byte P256HkdfSha256Aes256Gcm = 1;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/release-header\0"u8;

    /// <summary>The header in canonical encoding.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).U8(Suite).Node(Holder).Node(Joiner)
        .Hash(JoinerNonce).Hash(HolderNonce).Hash(JoinerCertificate).Hash(HolderCertificate).Hash(SessionKey)
        .Text(KeyId.ToString()).Text(Kind.Name()).U64(KeyVersion).Hash(Birth).Hash(Evidence).Hash(Policy).ToArray();

    /// <summary>Reads a header.</summary>
    public static Outcome<ReleaseHeader> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var header = new ReleaseHeader(
            reader.U8(), reader.NodeId(), reader.NodeId(), reader.Hash(), reader.Hash(), reader.Hash(), reader.Hash(),
            reader.Hash(), reader.KeyId(), reader.KeyKind(), reader.U64(), reader.Hash(), reader.Hash(), reader.Hash());
        return reader.End("a release header", out var refusal) ? header : refusal;
    }
}
