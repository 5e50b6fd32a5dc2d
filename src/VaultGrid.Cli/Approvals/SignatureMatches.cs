using VaultGrid.Client;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Cli.Approvals;

/// <summary>Whether a signature is the one that was asked for: a grid could answer with another that is valid too.</summary>
internal static class SignatureMatches
{
    public static void Check(SignRequest request, SignatureStatus answer)
    {
        var digest = request.Subject switch
        {
            SigningSubject.Digest raw => raw.Value,
            SigningSubject.EthereumTransaction transaction => EthereumTransaction.DecodeUnsigned(transaction.Unsigned.Span).OrEnd().SigningHash,
            _ => throw new InvalidOperationException("An unlisted signing subject."),
        };
        if (answer.Digest != digest || answer.KeyPath != request.Path.ToString() || !SignedAsAsked(request, answer))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.EnclaveFault, "the grid's answer is not a signature of what was asked"));
    }

    private static bool SignedAsAsked(SignRequest request, SignatureStatus answer)
    {
        if (request.Subject is not SigningSubject.EthereumTransaction transaction) return answer.RawTransaction is not { IsEmpty: false };
        return answer.RawTransaction is { } raw
            && EthereumTransaction.DecodeSigned(raw.Span).Is(out var signed, out _)
            && PublicBytes.Equal(signed.Transaction.EncodeUnsigned(), transaction.Unsigned.Span);
    }
}
