using System.Security.Cryptography;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A certified device whose D key an attacker has: it can sign whatever it likes.</summary>
internal sealed class LyingDevice(ForgedCertificate certificate)
{
    private readonly P256AgreementKey _session = P256AgreementKey.Generate();

    public NodeId Node { get; init; } = certificate.Identity.Node ?? NodeId.Parse("1/1");

    public P256AgreementKey SessionKey => _session;

    public ReadOnlyMemory<byte> Certificate => certificate.Der;

    public SignedStatement Join(KeyId keyId, Func<JoinStatement, JoinStatement>? lie = null)
    {
        var join = new JoinStatement(Node, new Hash256(RandomNumberGenerator.GetBytes(32)), keyId, Session());
        return Sign((lie?.Invoke(join) ?? join).ToBytes());
    }

    public SessionKeyStatement Session(DateTimeOffset? from = null, NodeId? node = null)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds((from ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds());
        var statement = new SessionKeyStatement(node ?? Node, _session.PublicKey.Bytes.ToArray(), start, start.AddHours(1), default);
        return statement with { Signature = SignBytes(statement.ToBytes()) };
    }

    public SignedStatement Sign(byte[] statement) => new(statement, certificate.Der, SignBytes(statement));

    public byte[] SignBytes(byte[] statement) =>
        ((ECDsa)certificate.Key).SignData(statement, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
