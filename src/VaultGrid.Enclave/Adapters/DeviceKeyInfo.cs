using System.Formats.Asn1;

namespace VaultGrid.Enclave;

/// <summary>Public keys and signatures as hardware gives them, written as X.509 wants them.</summary>
internal static class DeviceKeyInfo
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string P256Curve = "1.2.840.10045.3.1.7";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>SubjectPublicKeyInfo of a point on P-256 (RFC 5480).</summary>
    /// <param name="point">0x04, x, y: 65 bytes.</param>
    public static byte[] P256(ReadOnlySpan<byte> point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                writer.WriteObjectIdentifier(P256Curve);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    /// <summary>SubjectPublicKeyInfo of an RSA key (RFC 3279 §2.3.1).</summary>
    /// <param name="modulus">Big-endian, unsigned.</param>
    /// <param name="exponent">Big-endian, unsigned.</param>
    public static byte[] Rsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus.TrimStart((byte)0));
            key.WriteIntegerUnsigned(exponent.TrimStart((byte)0));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(RsaEncryption);
                writer.WriteNull();
            }

            writer.WriteBitString(key.Encode());
        }

        return writer.Encode();
    }

    /// <summary>An ECDSA signature in DER (RFC 3279 §2.2.3).</summary>
    /// <param name="r">Big-endian, unsigned.</param>
    /// <param name="s">Big-endian, unsigned.</param>
    public static byte[] Signature(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trimmed(r));
            writer.WriteIntegerUnsigned(Trimmed(s));
        }

        return writer.Encode();
    }

    // A zero is one byte, so that a faulty signature is refused by whoever verifies it and not by the writer.
    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> number)
    {
        var trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? [0] : trimmed;
    }
}
