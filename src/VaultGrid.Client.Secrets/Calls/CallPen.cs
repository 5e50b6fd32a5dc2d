using System.Security.Cryptography;

namespace VaultGrid.Client.Secrets;

/// <summary>One call to a shared key under a client's certificate: drawn nonce, one-time answer key, then the signature over all of it.</summary>
internal sealed class CallPen : IDisposable
{
    // What has no secret in its answer needs no key of its own: nobody ever opens with this one, its private half is gone.
    private static readonly Lazy<byte[]> NoAnswerKey = new(() =>
    {
        using var key = P256AgreementKey.Generate();
        return key.PublicKey.Bytes.ToArray();
    });

    private readonly P256AgreementKey? _answerKey;
    private readonly TlsIdentity _identity;
    private readonly VerifiedKey _key;
    private byte[] _body = [];

    /// <param name="identity">Who calls.</param>
    /// <param name="key">The key.</param>
    /// <param name="isAnswerSecret">True where what comes back is sealed to this call.</param>
    public CallPen(TlsIdentity identity, VerifiedKey key, bool isAnswerSecret) =>
        (_identity, _key, _answerKey) = (identity, key, isAnswerSecret ? P256AgreementKey.Generate() : null);

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
            AnswerKey = _answerKey?.PublicKey.Bytes.ToArray() ?? NoAnswerKey.Value,
        }.ToBytes();
        return new KeyCall(_body, _identity.Certificate.Der, _identity.SignStatement(CallBody.Statement(_body)), parameters);
    }

    /// <summary>Opens an evaluation that was sealed to this call; null where it is not.</summary>
    public SecretBytes? Open(KeyEvaluation evaluation)
    {
        if (_answerKey is null || evaluation.Share is < 1 or > HolderSet.Limit) return null;
        var header = EvaluateAnswer.Header(_body, evaluation.Version, (byte)evaluation.Share);
        return SealedBox.Open(_answerKey, header, header, evaluation.Sealed.Span).Is(out var secret, out _) ? secret : null;
    }

    public void Dispose() => _answerKey?.Dispose();
}
