using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
