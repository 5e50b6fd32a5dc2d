using VaultGrid.Ceremony.Keys;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Trusts;

/// <summary>Makes an operator's signature under a Trust on the operator's own machine; whoever has but OpenSSL makes the same one (docs/domains.md).</summary>
public static class TrustSigner
{
    /// <summary>
    /// Signs. The operator was shown what the Trust says, decoded by the operator's own tool. <c>certificate.role</c>: not an operator's certificate;
    /// <c>certificate.key</c>: not the key of that certificate. Whether the Trust counts is the enclaves' to say.
    /// </summary>
    /// <param name="trust">The Trust.</param>
    /// <param name="certificate">The operator's certificate.</param>
    /// <param name="key">Its private key.</param>
    public static Outcome<OperatorSignature> Sign(TrustBody trust, RoleCertificate certificate, SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(key);
        if (certificate.Role != CertificateRole.Operator)
            return new Refusal(RefusalCode.CertificateRole, $"{certificate} is a {certificate.Role.Name()}: operators alone sign Trusts");
        if (!key.Public.Equals(certificate.Key))
            return new Refusal(RefusalCode.CertificateKey, $"the key file is not the key of {certificate}");

        return new OperatorSignature(certificate, key.SignStatement(OperatorSignature.Statement(trust.Hash)));
    }

    /// <summary>Takes in a signature that was made elsewhere: with OpenSSL, a PIV token or a Domain. <c>trust.signature</c> where it is none over this Trust.</summary>
    public static Outcome<OperatorSignature> TakeIn(TrustBody trust, RoleCertificate certificate, ReadOnlyMemory<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(certificate);
        if (certificate.Role != CertificateRole.Operator)
            return new Refusal(RefusalCode.CertificateRole, $"{certificate} is a {certificate.Role.Name()}: operators alone sign Trusts");
        return certificate.Key.VerifiesStatement(OperatorSignature.Statement(trust.Hash), signature.Span)
            ? new OperatorSignature(certificate, signature)
            : new Refusal(RefusalCode.TrustSignature, $"the signature is not one of {certificate.Identity} over this Trust");
    }
}
