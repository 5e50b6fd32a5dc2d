using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Client.Grains;

/// <summary>Keys, accounts and signatures, from the grains' messages to the client's records; addresses are computed here, from the public key.</summary>
internal static class KeyMapping
{
    public static Outcome<Done> Check(PageQuery page)
    {
        if (page.Limit is < 1 or > PageQuery.LimitMax)
            return new Refusal(RefusalCode.PageInvalid, $"a page has 1 to {PageQuery.LimitMax} items, not {page.Limit}");
        if (page.After is { } after && !KeyId.TryParse(after, out _))
            return new Refusal(RefusalCode.PageInvalid, "the page's mark is none that a listing of keys gave");
        return default(Done);
    }

    public static Outcome<Page<KeyStatus>> Page(KeyPage page) =>
        new Page<KeyStatus>([.. page.Keys.Select(ToStatus)], page.More ? page.Keys[^1].KeyId.ToString() : null);

    public static Outcome<KeyStatus> Status(KeyReport report) => ToStatus(report);

    public static Outcome<SignatureStatus> Signature(SignatureReport report) => ToStatus(report);

    public static Outcome<AccountStatus> Account(KeyId key, AccountReport report)
    {
        if (!ExtendedPublicKey.FromBytes(report.ExtendedKey.Span).Is(out var extended, out var refusal)) return refusal;
        var publicKey = extended.PublicKey;
        return new AccountStatus(
            key,
            report.Path,
            extended.ToString(),
            publicKey.Compressed.ToArray(),
            EthereumAddress.Of(publicKey).ToString(),
            SegwitAddress.P2wpkh(publicKey, BitcoinNetwork.Mainnet).ToString(),
            SegwitAddress.P2tr(publicKey, BitcoinNetwork.Mainnet).ToString());
    }

    public static SignatureStatus ToStatus(SignatureReport report)
    {
        // What can't be parsed here would be an enclave's fault, which it checks for before it answers; r and s are shown as they came. The address is computed by whoever reads it.
        var signature = EcdsaSignature.FromCompact([.. report.R.Span, .. report.S.Span], report.RecoveryId);
        return new SignatureStatus
        {
            Digest = report.Digest,
            R = report.R,
            S = report.S,
            V = report.RecoveryId,
            Signature = signature.Is(out var parsed, out _) ? parsed.ToDer() : default,
            PublicKey = report.PublicKey,
            KeyPath = report.Path,
            Node = report.Node,
            RawTransaction = report.Transaction.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Transaction,
            Session = report.Session,
            Participants = report.Participants.IsDefaultOrEmpty ? null : report.Participants,
        };
    }

    private static KeyStatus ToStatus(KeyReport report) => new()
    {
        KeyId = report.KeyId,
        Cluster = report.Cluster,
        Kind = report.Kind,
        Key = report.Key,
        Fingerprint = report.Fingerprint,
        Policy = report.Policy,
        PolicyDocument = report.PolicyDocument,
        Holders = report.Holders,
        Created = report.Created,
        Signatures = report.Signatures,
        Threshold = report.Threshold is { } threshold
            ? new ThresholdStatus(
                threshold.PublicKey, threshold.ChainCode, threshold.Threshold, threshold.Clusters, threshold.ShareVersion, threshold.Manifest)
            : null,
    };
}
