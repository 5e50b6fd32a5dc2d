using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultGrid.Crypto;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Keys;

/// <summary>
/// A private key on an admin's own machine, P-256 or RSA, while a ceremony uses it. It lives in the platform's crypto library, which wipes
/// it on dispose. Keys of vaults never come here.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa? _p256;
    private readonly RSA? _rsa;

    private SigningKey(AsymmetricAlgorithm key, CertificateKey publicKey)
    {
        (_p256, _rsa) = (key as ECDsa, key as RSA);
        Public = publicKey;
    }

    /// <summary>The public half.</summary>
    public CertificateKey Public { get; }

    /// <summary>Draws a new key.</summary>
    public static SigningKey Generate(SigningKeyKind kind) => Own(kind switch
    {
        SigningKeyKind.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        SigningKeyKind.Rsa3072 => RSA.Create(3072),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of key."),
    }).Value;

    /// <summary>Signs a tagged statement: ECDSA with SHA-256 as DER, or RSA-PSS with SHA-256 and a salt of 32 bytes.</summary>
    public byte[] SignStatement(ReadOnlySpan<byte> statement) => _rsa is null
        ? _p256!.SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
        : _rsa.SignData(statement.ToArray(), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

    /// <summary>Opens what was sealed to this key as an administrator's: to a P-256 key a sealed box with the header as transcript and additional data, to an RSA key OAEP with SHA-256.</summary>
    /// <param name="box">What was sealed.</param>
    /// <param name="header">What it is bound to.</param>
    public Outcome<SecretBytes> Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> header)
    {
        if (_rsa is not null)
        {
            var pkcs8 = _rsa.ExportPkcs8PrivateKey();
            using var exported = SecretBytes.Take(pkcs8);
            if (!RsaOaepPrivateKey.Import(exported).Is(out var rsa, out var refusal)) return refusal;
            using (rsa) return rsa.Decrypt(box);
        }

        var parameters = _p256!.ExportParameters(includePrivateParameters: true);
        using var scalar = SecretBytes.Take(parameters.D);
        if (!P256AgreementKey.Import(scalar).Is(out var key, out var refused)) return refused;
        using (key) return SealedBox.Open(key, header, header, box);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _p256?.Dispose();
        _rsa?.Dispose();
    }

    /// <summary>Takes the key over: disposed here where it is refused.</summary>
    internal static Outcome<SigningKey> Own(AsymmetricAlgorithm key)
    {
        if (CertificateKey.Parse(key.ExportSubjectPublicKeyInfo()).Is(out var publicKey, out var refusal)) return new SigningKey(key, publicKey);

        key.Dispose();
        return refusal;
    }

    internal X509SignatureGenerator CertificateSigner() => _rsa is null
        ? X509SignatureGenerator.CreateForECDsa(_p256!)
        : X509SignatureGenerator.CreateForRSA(_rsa, RSASignaturePadding.Pkcs1);

    internal string ExportEncrypted(ReadOnlySpan<byte> passphrase, KeyProtection protection) => ((AsymmetricAlgorithm?)_rsa ?? _p256!)
        .ExportEncryptedPkcs8PrivateKeyPem(passphrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, protection.Iterations));
}
