using System.Formats.Asn1;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// A node's request for its device certificate: PKCS#10 (RFC 2986), asking for the node's URI and stating the hash of the enclave's
/// provisioning pins, signed by the D key in the scheme of every statement (ECDSA with SHA-256, or RSA-PSS with salt 32).
/// The pins' hash shows the Cluster CA which admins' quorum the enclave obeys: a hostile silo can't slip in one of its own.
/// </summary>
public sealed class DeviceRequest
{
    /// <summary>The largest request that is read, in bytes.</summary>
    public const int MaximumBytes = 8192;

    /// <summary>Bytes of a pins' hash.</summary>
    public const int PinsHashLength = 32;

    internal DeviceRequest(ReadOnlyMemory<byte> der, NodeId node, ReadOnlyMemory<byte> pinsHash, CertificateKey key) =>
        (Der, Node, PinsHash, Key) = (der, node, pinsHash, key);

    /// <summary>The whole request, DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The node that asks.</summary>
    public NodeId Node { get; }

    /// <summary>SHA-256 of the enclave's provisioning pins, 32 bytes.</summary>
    public ReadOnlyMemory<byte> PinsHash { get; }

    /// <summary>The D key's public half; the request's signature shows that the asker holds the other.</summary>
    public CertificateKey Key { get; }

    /// <summary>
    /// Reads one and verifies its signature. <c>certificate.malformed</c>: not this form; <c>certificate.weak</c>: key or algorithm below the
    /// floor; <c>certificate.key</c>: not signed by the key in it.
    /// </summary>
    public static Outcome<DeviceRequest> Parse(ReadOnlySpan<byte> der) => DeviceRequestParser.Parse(der);

    /// <summary>The bytes that the D key signs: CertificationRequestInfo.</summary>
    /// <param name="node">The node.</param>
    /// <param name="key">The D key's public half.</param>
    /// <param name="pinsHash">SHA-256 of the provisioning pins, 32 bytes.</param>
    public static byte[] Statement(NodeId node, CertificateKey key, ReadOnlySpan<byte> pinsHash)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pinsHash.Length, PinsHashLength);
        return DeviceRequestWriter.Statement(CertificateIdentity.Device(node), key, pinsHash);
    }

    /// <summary>Puts statement and signature together; DER.</summary>
    public static byte[] Assemble(ReadOnlySpan<byte> statement, CertificateKey key, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(key);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(statement);
            SignatureAlgorithm.WriteForStatements(writer, key.IsRsa);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }
}
