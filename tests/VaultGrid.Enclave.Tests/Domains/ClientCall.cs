namespace VaultGrid.Enclave.Tests;

/// <summary>A client's signed call with its parameters and its answer key.</summary>
internal sealed record ClientCall(SignedCall Signed, byte[] Parameters, P256AgreementKey AnswerKey)
{
    public CreateDomainCall Create() => new(Signed, Parameters);

    public UseDomainCall Use(Domain? domain) => new(Signed, Parameters, domain?.ToBytes());

    public RotateDomainCall Rotate(Domain? domain) => new(Signed, Parameters, domain?.ToBytes());

    /// <summary>Opens a secret in the answer.</summary>
    public byte[] Open(ReadOnlySpan<byte> box)
    {
        using var secret = SealedBox.Open(AnswerKey, CallSecrets.InAnswer(Signed.Body.Span), [], box).Value;
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }

    public override string ToString() => "ClientCall(redacted)";
}
