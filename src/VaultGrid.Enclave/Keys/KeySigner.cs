using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Enclave;

/// <summary>Signs with B keys: derives the account, signs, verifies, answers (protocols §3). What may be signed was decided before.</summary>
internal sealed class KeySigner(NodeCache nodes)
{
    /// <summary>Signs what a request asks for.</summary>
    public Outcome<EcdsaAnswer> Sign(VaultKey key, SignRequest request)
    {
        switch (request.Subject)
        {
            case SigningSubject.Digest digest:
                return SignDigest(key, request.Path, digest.Value);
            case SigningSubject.EthereumTransaction subject:
                if (!EthereumTransaction.DecodeUnsigned(subject.Unsigned.Span).Is(out var transaction, out var refusal)) return refusal;
                if (!SignDigest(key, request.Path, transaction.SigningHash).Is(out var answer, out refusal)) return refusal;
                return answer with { Transaction = transaction.EncodeSigned(answer.R.Span, answer.S.Span, answer.RecoveryId) };
            case SigningSubject.Message:
                return NoMessage();
            default:
                throw new InvalidOperationException("An unlisted signing subject.");
        }
    }

    /// <summary>The digest that a request asks to sign, computed from what it shows.</summary>
    public static Outcome<Hash256> DigestOf(SigningSubject subject) => subject switch
    {
        SigningSubject.Digest digest => digest.Value,
        SigningSubject.EthereumTransaction transaction => EthereumTransaction.DecodeUnsigned(transaction.Unsigned.Span).Then<Hash256>(decoded => decoded.SigningHash),
        SigningSubject.Message => NoMessage(),
        _ => throw new InvalidOperationException("An unlisted signing subject."),
    };

    /// <summary>Signs a digest at a path: RFC 6979 with fresh extra entropy, low s, verified.</summary>
    public Outcome<EcdsaAnswer> SignDigest(VaultKey key, DerivationPath path, Hash256 digest)
    {
        var parent = path.Depth == 0 ? path : new DerivationPath(path.Steps[..^1]);
        if (!nodes.Take(key, parent).Is(out var lease, out var refusal)) return refusal;
        using (lease)
        {
            if (path.Depth == 0) return Sign(lease.Value, digest);
            if (!lease.Value.Derive(path.Steps[^1]).Is(out var account, out refusal)) return refusal;
            using (account) return Sign(account, digest);
        }
    }

    /// <summary>The extended public key at a path, as BIP-32 serialises it (78 bytes).</summary>
    public Outcome<ReadOnlyMemory<byte>> ExtendedPublic(VaultKey key, DerivationPath path)
    {
        if (key.Threshold is { } part) return part.Statement.ExtendedPublicKey.Derive([.. path.Steps]).Then<ReadOnlyMemory<byte>>(account => (ReadOnlyMemory<byte>)Bytes(account));
        if (key.Shared is { } shared) return SharedAccounts.ExtendedPublic(key.Birth.Kind, shared.Key, path).Then<ReadOnlyMemory<byte>>(account => (ReadOnlyMemory<byte>)Bytes(account));
        if (!nodes.Take(key, path).Is(out var lease, out var refusal)) return refusal;
        using (lease) return (ReadOnlyMemory<byte>)Bytes(lease.Value.ToPublic());
    }

    private static Refusal NoMessage() => new(RefusalCode.InputUnsupported, "a key of this kind signs digests and transactions, not messages");

    private static byte[] Bytes(ExtendedPublicKey account) => new WireWriter()
        .U32(0x0488B21E).U8((byte)account.Depth).U32(account.ParentFingerprint).U32(account.ChildNumber)
        .Fixed(account.ChainCode).Fixed(account.PublicKey.Compressed).ToArray();

    private static EcdsaAnswer Sign(ExtendedPrivateKey account, Hash256 digest)
    {
        var signature = account.PrivateKey.Sign(digest.AsSpan());
        return new EcdsaAnswer(
            digest, signature.R.ToArray(), signature.S.ToArray(), (byte)signature.RecoveryId!.Value, account.PublicKey.Compressed.ToArray(), default);
    }
}
