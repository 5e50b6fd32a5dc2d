using System.Security.Cryptography;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>A client with a certificate of its own, who signs calls.</summary>
internal sealed class SharedClient(SharedGrid grid, string name = "ops")
{
    private readonly ForgedCertificate _certificate = grid.Grid.Leaf(grid.Grid.RelayCa, CertificateIdentity.Client(name).Value);

    public string Identity => _certificate.Identity.Uri;

    /// <summary>Opens what is sealed to the last call's answer key.</summary>
    public P256AgreementKey AnswerKey { get; private set; } = P256AgreementKey.Generate();

    public KeyGrant May(KeyOperations operations) => KeyGrant.For(_certificate.Parsed, operations);

    public SignedCall Call(string action, Hash256 key, ReadOnlySpan<byte> parameters, Func<CallBody, CallBody>? change = null)
    {
        AnswerKey = P256AgreementKey.Generate();
        var body = new CallBody
        {
            Action = action, Target = new CallTarget.Key(key), Cluster = new ClusterId(1), Clusters = ClusterSet.Of(1, 2), Parameters = CallBody.HashOf(parameters),
            Expires = grid.Grid.In(CallBody.LongestLife), Nonce = RandomNumberGenerator.GetBytes(CallBody.NonceLength), AnswerKey = AnswerKey.PublicKey.Bytes.ToArray(),
        };
        var bytes = (change?.Invoke(body) ?? body).ToBytes();
        var signature = ((ECDsa)_certificate.Key).SignData(CallBody.Statement(bytes), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedCall(bytes, _certificate.Der, signature);
    }

    public CallDocument Sign(Hash256 key, SigningSubject.Message message, string path = "m", Func<CallBody, CallBody>? change = null)
    {
        var parameters = new SignParameters(message, DerivationPath.Parse(path).Value).ToBytes();
        return new CallDocument(Call(SignParameters.Action, key, parameters, change), parameters);
    }
}
