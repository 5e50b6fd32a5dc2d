using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>A certificate with its private key and the CA certificates sent along: who this side is in TLS.</summary>
public sealed class TlsIdentity : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection authorities, RoleCertificate parsed)
    {
        (_certificate, Certificate) = (certificate, parsed);

        // Offline: nothing is looked up or downloaded to complete the chain.
        Context = SslStreamCertificateContext.Create(certificate, authorities, offline: true);
    }

    /// <summary>The certificate, parsed.</summary>
    public RoleCertificate Certificate { get; }

    /// <summary>What an <see cref="SslStream"/> presents.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Reads a certificate and its key.</summary>
    /// <param name="certificatePem">The certificate, then the CAs under the root that issued it.</param>
    /// <param name="keyPem">The private key: one <c>ENCRYPTED PRIVATE KEY</c> block (PKCS#8); a key in the clear is refused.</param>
    /// <param name="passphrase">What the key is encrypted under, UTF-8.</param>
    /// <returns>The identity, or <c>input.malformed</c>, <c>input.unsupported</c>, <c>certificate.key</c> (another certificate's key) and the
    /// refusals of <see cref="RoleCertificate.Parse"/>.</returns>
    public static Outcome<TlsIdentity> FromPem(string certificatePem, string keyPem, ReadOnlySpan<byte> passphrase)
    {
        if (!AuthorityBundle.ParsePem(certificatePem).Is(out var bundle, out var refusal)) return refusal;
        if (bundle.Certificates.IsEmpty || !bundle.Lists.IsEmpty) return new Refusal(RefusalCode.InputMalformed, "the file of the certificate holds certificates alone");
        if (!RoleCertificate.Parse(bundle.Certificates[0].Span).Is(out var parsed, out refusal)) return refusal;
        if (!PemEncoding.TryFind(keyPem, out var block) || keyPem[block.Label] != "ENCRYPTED PRIVATE KEY")
            return new Refusal(RefusalCode.InputUnsupported, "the private key is one ENCRYPTED PRIVATE KEY block: keys lie encrypted on disk");

        using var leaf = X509CertificateLoader.LoadCertificate(bundle.Certificates[0].Span);
        if (!Join(leaf, keyPem, passphrase).Is(out var joined, out refusal)) return refusal;

        var authorities = new X509Certificate2Collection();
        foreach (var der in bundle.Certificates.Skip(1)) authorities.Add(X509CertificateLoader.LoadCertificate(der.Span));
        return new TlsIdentity(joined, authorities, parsed);
    }

    /// <summary>Signs a tagged statement with the certificate's key: ECDSA P-256/SHA-256 as DER, or RSA-PSS/SHA-256 with a salt of 32 bytes.</summary>
    public byte[] SignStatement(ReadOnlySpan<byte> statement)
    {
        using var ecdsa = _certificate.GetECDsaPrivateKey();
        if (ecdsa is not null) return ecdsa.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        using var rsa = _certificate.GetRSAPrivateKey();
        return rsa!.SignData(statement.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static Outcome<X509Certificate2> Join(X509Certificate2 leaf, string keyPem, ReadOnlySpan<byte> passphrase)
    {
        try
        {
            if (leaf.GetKeyAlgorithm() == "1.2.840.10045.2.1")
            {
                using var key = ECDsa.Create();
                key.ImportFromEncryptedPem(keyPem, passphrase);
                return leaf.CopyWithPrivateKey(key);
            }

            using var rsa = RSA.Create();
            rsa.ImportFromEncryptedPem(keyPem, passphrase);
            return leaf.CopyWithPrivateKey(rsa);
        }
        catch (ArgumentException)
        {
            return new Refusal(RefusalCode.CertificateKey, "the private key is not the certificate's");
        }
        catch (CryptographicException)
        {
            return new Refusal(RefusalCode.InputMalformed, "the private key can't be read: wrong passphrase, damaged, or of another kind than the certificate's");
        }
    }
}
