using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Demo;

/// <summary>Verifies on this side what came back: the grid only carries signatures.</summary>
internal static class Signatures
{
    public static void Verify(SignatureStatus answer, RequestDocument? request)
    {
        var key = PublicKey.Parse(answer.PublicKey.Span).Value;
        var signature = EcdsaSignature.FromCompact([.. answer.R.Span, .. answer.S.Span], answer.V).Value;
        Check(signature.IsLowS && key.Verify(answer.Digest.AsSpan(), signature), "the signature doesn't verify");
        Check(answer.Address == EthereumAddress.Of(key).ToString(), "the address is not the key's");
        if (request?.Request is not SignRequest asked) return;

        Check(answer.KeyPath == asked.Path.ToString(), "another path signed");
        Check(
            answer.Digest == asked.Subject switch
            {
                SigningSubject.Digest digest => digest.Value,
                SigningSubject.EthereumTransaction transaction => EthereumTransaction.DecodeUnsigned(transaction.Unsigned.Span).Value.SigningHash,
                _ => throw new InvalidOperationException("An unlisted subject."),
            },
            "something else was signed");
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds) throw new DemonstrationFailedException(otherwise);
    }
}
