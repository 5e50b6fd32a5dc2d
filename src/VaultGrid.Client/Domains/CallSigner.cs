using System.Security.Cryptography;

namespace VaultGrid.Client;

/// <summary>One call under a client's certificate: drawn nonce, one-time answer key, then the signature over all of it.</summary>
internal sealed class CallSigner : IDisposable
{
    private readonly TlsIdentity _identity;
    private readonly CallTarget _target;
    private readonly P256AgreementKey _answerKey = P256AgreementKey.Generate();
    private readonly byte[] _nonce = RandomNumberGenerator.GetBytes(CallBody.NonceLength);
    private byte[] _body = [];

    public CallSigner(TlsIdentity identity, CallTarget target) => (_identity, _target) = (identity, target);

    /// <summary>Seals a secret of this call to an enclave's session key.</summary>
    public byte[] Seal(SecretBytes secret, SessionKeyOffer offer, string action) =>
        SealedBox.Seal(offer.Key, CallSecrets.InCall(action, _target, _identity.Certificate.Key, _nonce), [], secret);

    /// <summary>Signs.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="cluster">The cluster whose enclaves may answer.</param>
    /// <param name="now">The time; a call lives as long as it may.</param>
    /// <param name="node">The node that must answer, if one must.</param>
    public DomainCall Sign(DomainParameters parameters, ClusterId cluster, DateTimeOffset now, NodeId? node)
    {
        var bytes = parameters.ToBytes();
        _body = new CallBody
        {
            Action = parameters.Action,
            Target = _target,
            Cluster = cluster,
            Parameters = CallBody.HashOf(bytes),
            Expires = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + CallBody.LongestLife,
            Nonce = _nonce,
            AnswerKey = _answerKey.PublicKey.Bytes.ToArray(),
        }.ToBytes();
        return new DomainCall(_body, _identity.Certificate.Der, _identity.SignStatement(CallBody.Statement(_body)), bytes, node);
    }

    /// <summary>Opens a secret of the answer.</summary>
    public Outcome<SecretBytes> Open(ReadOnlySpan<byte> box) => SealedBox.Open(_answerKey, CallSecrets.InAnswer(_body), [], box).Is(out var secret, out _)
        ? secret
        : new Refusal(RefusalCode.EnclaveFault, "the answer doesn't open with this call's own key");

    public void Dispose() => _answerKey.Dispose();
}
