using System.Security.Cryptography;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Benchmarks;

/// <summary>A client with claims to a Domain: makes its calls, each fresh.</summary>
internal sealed record DomainCaller(DomainId Id, RoleCertificate Certificate, SigningKey Key)
{
    private static readonly P256AgreementKey AnswerKey = P256AgreementKey.Generate();

    /// <summary>A call that makes the Domain.</summary>
    public CreateDomainCall Create(MasterKeyKind kind, Trust trust)
    {
        var (call, parameters) = Call(new DomainParameters.Create(kind, "", trust.Hash, trust.Hash), null);
        return new CreateDomainCall(call, parameters);
    }

    /// <summary>A call that has a file key wrapped.</summary>
    public UseDomainCall Encrypt(DomainKeys keys, byte[] streamPart, SessionKeyOffer offer)
    {
        var nonce = RandomNumberGenerator.GetBytes(CallBody.NonceLength);
        using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
        var box = SealedBox.Seal(offer.Key, CallSecrets.InCall("domain-encrypt", new CallTarget.OfDomain(Id), Certificate.Key, nonce), [], fileKey);
        return Use(new DomainParameters.Encrypt(keys.Hash, streamPart, offer.Name, box), nonce);
    }

    /// <summary>A call that has a file key opened.</summary>
    public UseDomainCall Decrypt(DomainKeys keys, FileHeader header) => Use(new DomainParameters.DecryptFile(keys.Hash, header.Bytes), null);

    /// <summary>A call that has a digest signed.</summary>
    public UseDomainCall Sign(DomainKeys keys) => Use(new DomainParameters.Sign(keys.Hash, 0, RandomNumberGenerator.GetBytes(Hash256.Length)), null);

    private UseDomainCall Use(DomainParameters asked, byte[]? nonce)
    {
        var (call, parameters) = Call(asked, nonce);
        return new UseDomainCall(call, parameters, default);
    }

    private (SignedCall Call, byte[] Parameters) Call(DomainParameters asked, byte[]? nonce)
    {
        var parameters = asked.ToBytes();
        var body = new CallBody
        {
            Action = asked.Action, Target = new CallTarget.OfDomain(Id), Cluster = new ClusterId(1), Parameters = CallBody.HashOf(parameters),
            Expires = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) + CallBody.LongestLife,
            Nonce = nonce ?? RandomNumberGenerator.GetBytes(CallBody.NonceLength), AnswerKey = AnswerKey.PublicKey.Bytes.ToArray(),
        }.ToBytes();
        return (new SignedCall(body, Certificate.Der, Key.SignStatement(CallBody.Statement(body))), parameters);
    }
}
