using VaultGrid.Crypto.Ethereum;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Sessions;

/// <summary>What a session of ECDSA signs, as the grid computes it for itself: to verify what comes, and to say it in the answer. Enclaves compute their own.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Path">The account's path below the key.</param>
/// <param name="PublicKey">The account's public key.</param>
/// <param name="Transaction">The transaction that the digest is of, where it is of one.</param>
internal sealed record EcdsaTask(Hash256 Digest, DerivationPath Path, PublicKey PublicKey, EthereumTransaction? Transaction) : IExpectedResult
{
    private const int ResultLength = 65;

    /// <summary>The task of an order.</summary>
    public static Outcome<EcdsaTask> Of(SessionOrder order, ThresholdReport key)
    {
        if (order.Request.IsEmpty) return With(AuditSignCall.DigestOf(order.Audit.Span), DerivationPath.Master, null, key);
        if (!RequestDocument.Parse(order.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not SignRequest request) return new Refusal(RefusalCode.RequestAction, $"a session signs; it does not carry out '{document.Request.Action}'");
        switch (request.Subject)
        {
            case SigningSubject.Digest digest:
                return With(digest.Value, request.Path, null, key);
            case SigningSubject.EthereumTransaction subject:
                return EthereumTransaction.DecodeUnsigned(subject.Unsigned.Span)
                    .Then(transaction => With(transaction.SigningHash, request.Path, transaction, key));
            default:
                return new Refusal(RefusalCode.PolicyAlgorithm, $"a key for ECDSA does not sign by '{request.Algorithm.Name()}'");
        }
    }

    /// <inheritdoc/>
    public Outcome<SignatureReport> Read(ReadOnlySpan<byte> result)
    {
        if (result.Length != ResultLength || result[64] > 3) return Fault("it has another form");
        if (!EcdsaSignature.FromCompact(result[..64], result[64]).Is(out var signature, out var refusal)) return Fault(refusal.Detail);
        if (!signature.IsLowS || !PublicKey.Verify(Digest.AsSpan(), signature)) return Fault("it does not verify");

        // Ethereum has no place for an R beyond the group order, which comes once in 2^127.
        if (Transaction is not null && result[64] > 1) return Fault("Ethereum has no place for its recovery id");
        var transaction = Transaction?.EncodeSigned(signature) ?? [];
        return new SignatureReport(Digest, signature.R.ToArray(), signature.S.ToArray(), result[64], PublicKey.Compressed.ToArray(), Path.ToString(), default, transaction);
    }

    private static Refusal Fault(string why) => new(RefusalCode.EnclaveFault, $"what the participants made together is no signature of this key: {why}");

    private static Outcome<EcdsaTask> With(Hash256 digest, DerivationPath path, EthereumTransaction? transaction, ThresholdReport key)
    {
        // The root of a BIP-32 tree as it is serialized: main network, no parent.
        var root = new WireWriter().U32(0x0488B21E).U8(0).U32(0).U32(0).Fixed(key.ChainCode.Span).Fixed(key.PublicKey.Span);
        return ExtendedPublicKey.FromBytes(root.Written).Then(extended => extended.Derive([.. path.Steps]))
            .Then<EcdsaTask>(account => new EcdsaTask(digest, path, account.PublicKey, transaction));
    }
}
