using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An HSM as a Trust names it: its device certificate and, signed by its D key, the wrap key that tokens of this chain are encrypted to.</summary>
/// <param name="Certificate">The device's certificate.</param>
/// <param name="WrapKey">Pk_i: for this chain alone.</param>
/// <param name="Signature">The D key's signature over <see cref="Statement"/>.</param>
public sealed record TrustHsm(RoleCertificate Certificate, WrapPublicKey WrapKey, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The HSM as signatures know it.</summary>
    public Signatory Signatory => Signatory.Of(Certificate);

    /// <summary>What the D key signs: tag ‖ chain (16) ‖ SHA-256 of the D key (32) ‖ kind (1) ‖ wrap key behind its length.</summary>
    public static byte[] Statement(TrustId chain, CertificateKey deviceKey, WrapPublicKey wrapKey)
    {
        ArgumentNullException.ThrowIfNull(deviceKey);
        ArgumentNullException.ThrowIfNull(wrapKey);
        return Tagged.Statement("wrap-key", new WireWriter()
            .Id(chain.Value)
            .Fixed(deviceKey.SpkiHash.Span)
            .U8((byte)wrapKey.Kind)
            .Bytes(wrapKey.Spki.Span)
            .Written);
    }

    /// <summary>True where the D key signed the wrap key, for this chain.</summary>
    public bool IsSigned(TrustId chain) => Certificate.Key.VerifiesStatement(Statement(chain, Certificate.Key, WrapKey), Signature.Span);

    /// <summary>Writes it down as it stands in a Trust: certificate, kind, wrap key, signature.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter();
        Write(writer, this);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; <c>trust.malformed</c> for anything else. Whether it is signed says <see cref="IsSigned"/>.</summary>
    public static Outcome<TrustHsm> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var reader = new WireReader(bytes);
        var hsm = Read(ref reader, certificates);
        return reader.End("the HSM's entry", out var refusal, RefusalCode.TrustMalformed) ? hsm! : refusal;
    }

    internal static void Write(WireWriter writer, TrustHsm hsm) => writer
        .Bytes(hsm.Certificate.Der.Span)
        .U8((byte)hsm.WrapKey.Kind)
        .Bytes(hsm.WrapKey.Spki.Span)
        .Bytes(hsm.Signature.Span);

    internal static TrustHsm? Read(ref WireReader reader, CertificateCache certificates)
    {
        var certificate = TrustParts.ReadCertificate(ref reader, CertificateRole.Device, certificates);
        var kind = (WrapKeyKind)reader.U8();
        var spki = reader.Bytes(WrapPublicKey.SpkiLimit);
        var signature = reader.Bytes(Approval.SignatureLimit).ToArray();
        if (reader.Failed || certificate is null) return null;
        if (WrapPublicKey.Parse(kind, spki).Is(out var wrapKey, out var refusal)) return new TrustHsm(certificate, wrapKey, signature);
        reader.Fail(refusal.Detail);
        return null;
    }
}
