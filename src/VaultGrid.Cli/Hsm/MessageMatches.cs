using VaultGrid.Client;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Hsm;

/// <summary>Whether a shared key's signature is the one that was asked for: a grid could answer with another that is valid too.</summary>
internal static class MessageMatches
{
    /// <summary>Checks it under the key that the holders sign for.</summary>
    public static async Task<MessageSignatureStatus> CheckAsync(Invocation run, SignRequest request, MessageSignatureStatus answer)
    {
        var key = await run.SharedKeys.VerifyAsync(request.Key, run.Cancellation).OrEnd();
        return Check(request, answer, key);
    }

    /// <summary>Checks it under the public key in the answer, for whoever asks about a request long after: the key may be deleted by then.</summary>
    public static MessageSignatureStatus CheckAlone(SignRequest request, MessageSignatureStatus answer) => Check(request, answer, null);

    private static MessageSignatureStatus Check(SignRequest request, MessageSignatureStatus answer, VerifiedKey? key)
    {
        if (request.Subject is not SigningSubject.Message subject) throw Wrong();
        if (key is not null && !PublicBytes.Equal(key.PublicKeyOf(request.Path, subject.Tweak).OrEnd(), answer.PublicKey.Span)) throw Wrong();
        return answer.Algorithm == subject.Algorithm.Name() && answer.KeyPath == request.Path.ToString()
            && MessageSignatures.Verify(subject.Algorithm, answer.PublicKey.Span, subject.Bytes.Span, answer.Signature.Span)
            ? answer
            : throw Wrong();
    }

    private static CommandEndedException Wrong() =>
        CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the grid's answer is not a signature of what was asked: don't use it"));
}
