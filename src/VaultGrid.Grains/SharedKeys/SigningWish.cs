using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>What is to be signed, as the grid reads it for itself: to verify what comes. Enclaves read their own.</summary>
/// <param name="Hash">What the session's plan names it by.</param>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Subject">The message.</param>
/// <param name="Path">The account.</param>
/// <param name="Clusters">The clusters that it is for: holders elsewhere refuse it.</param>
internal sealed record SigningWish(Hash256 Hash, Hash256 Key, SigningSubject.Message Subject, DerivationPath Path, ImmutableArray<ClusterId> Clusters)
{
    /// <summary>Reads a request or a call.</summary>
    public static Outcome<SigningWish> Of(ReadOnlyMemory<byte> bytes)
    {
        if (CallDocument.Is(bytes.Span)) return OfCall(bytes);
        if (!RequestDocument.Parse(bytes.Span).Is(out var document, out var refusal)) return refusal;
        return document.Request is SignRequest { Subject: SigningSubject.Message message } request
            ? new SigningWish(document.Hash, request.Key, message, request.Path, request.Clusters?.All ?? [request.Cluster])
            : new Refusal(RefusalCode.RequestAction, "a shared key signs messages; this request asks for something else");
    }

    private static Outcome<SigningWish> OfCall(ReadOnlyMemory<byte> bytes)
    {
        if (!CallDocument.Parse(bytes.Span).Is(out var document, out var refusal)) return refusal;
        if (!CallBody.Parse(document.Call.Body.Span).Is(out var body, out refusal)) return refusal;
        if (body.Target is not CallTarget.Key target) return new Refusal(RefusalCode.CallDenied, "the call is for no key");
        return SignParameters.Parse(document.Parameters.Span).Then<SigningWish>(
            parameters => new SigningWish(document.Hash(), target.Birth, parameters.Subject, parameters.Path, body.Clusters?.All ?? [body.Cluster]));
    }

    /// <summary>True where a signature is what was wished for: it verifies, and under the key itself where no child or tweak of it was asked for.</summary>
    public bool IsMetBy(AggregateAnswer answer, KeyVersion version)
    {
        var isRoot = Path.Steps.Length == 0 && Subject.Tweak is not { IsOutput: true };
        return (!isRoot || PublicBytes.Equal(answer.PublicKey.Span, version.PublicKey.Span))
            && MessageSignatures.Verify(Subject.Algorithm, answer.PublicKey.Span, Subject.Bytes.Span, answer.Signature.Span);
    }
}
