using VaultGrid.Crypto.Ethereum;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Grains.Sessions;

/// <summary>What a session of ECDSA signs, as the grid computes it for itself: to verify what comes, and to say it in the answer. Enclaves compute their own.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Path">The account's path below the key.</param>
/// <param name="PublicKey">The account's public key.</param>
/// <param name="Transaction">The transaction that the digest is of, where it is of one.</param>
internal sealed record EcdsaTask(Hash256 Digest, DerivationPath Path, PublicKey PublicKey, EthereumTransaction? Transaction)
{
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

    private static Outcome<EcdsaTask> With(Hash256 digest, DerivationPath path, EthereumTransaction? transaction, ThresholdReport key)
    {
        // The root of a BIP-32 tree as it is serialized: main network, no parent.
        var root = new WireWriter().U32(0x0488B21E).U8(0).U32(0).U32(0).Fixed(key.ChainCode.Span).Fixed(key.PublicKey.Span);
        return ExtendedPublicKey.FromBytes(root.Written).Then(extended => extended.Derive([.. path.Steps]))
            .Then<EcdsaTask>(account => new EcdsaTask(digest, path, account.PublicKey, transaction));
    }
}
