using System.Security.Cryptography;

namespace VaultGrid.Client.Secrets;

/// <summary>One call to a shared key under a client's certificate: drawn nonce, one-time answer key, then the signature over all of it.</summary>
internal sealed class CallPen : IDisposable
{
    private readonly P256AgreementKey _answerKey = P256AgreementKey.Generate();
    private readonly TlsIdentity _identity;
    private readonly VerifiedKey _key;
    private byte[] _body = [];

    public CallPen(TlsIdentity identity, VerifiedKey key) => (_identity, _key) = (identity, key);

    /// <summary>Signs.</summary>
    public KeyCall Sign(string action, byte[] parameters, DateTimeOffset now)
    {
        _body = new CallBody
        {
            Action = action,
            Target = new CallTarget.Key(_key.Key),
            Cluster = _key.Cluster,
            Clusters = _key.Clusters,
            Parameters = CallBody.HashOf(parameters),
            Expires = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + CallBody.LongestLife,
            Nonce = RandomNumberGenerator.GetBytes(CallBody.NonceLength),
            AnswerKey = _answerKey.PublicKey.Bytes.ToArray(),
        }.ToBytes();
        return new KeyCall(_body, _identity.Certificate.Der, _identity.SignStatement(CallBody.Statement(_body)), parameters);
    }

    /// <summary>Opens an evaluation that was sealed to this call; null where it is not.</summary>
    public SecretBytes? Open(KeyEvaluation evaluation)
    {
        if (evaluation.Share is < 1 or > HolderSet.Limit) return null;
        var header = EvaluateAnswer.Header(_body, evaluation.Version, (byte)evaluation.Share);
        return SealedBox.Open(_answerKey, header, header, evaluation.Sealed.Span).Is(out var secret, out _) ? secret : null;
    }

    public void Dispose() => _answerKey.Dispose();
}
