namespace VaultGrid.Client.Grains;

/// <summary>Trusts, operators and HSMs' keys, between the grains' messages and the client's records.</summary>
internal static class TrustMapping
{
    public static Outcome<TrustListing> Query(TrustQuery query)
    {
        TrustState? state = null;
        if (query.State is { } name)
        {
            if (!TrustStates.TryParse(name, out var parsed)) return new Refusal(RefusalCode.PageInvalid, "a Trust's state is unsigned, signed or passed");
            state = parsed;
        }

        return new TrustListing(query.After, query.Limit, query.Chain, state, query.Operator);
    }

    public static Outcome<Page<TrustStatus>> Page(TrustPage page) => new Page<TrustStatus>([.. page.Trusts.Select(ToStatus)], page.Next);

    public static Outcome<Page<HsmKeyStatus>> Page(HsmKeyPage page) => new Page<HsmKeyStatus>([.. page.Keys.Select(ToStatus)], page.Next);

    public static Outcome<Page<OperatorStatus>> Page(OperatorPage page) => new Page<OperatorStatus>([.. page.Operators.Select(ToStatus)], page.Next);

    public static Outcome<TrustStatus> Trust(TrustReport report) => ToStatus(report);

    public static Outcome<HsmKeyStatus> HsmKey(HsmKeyReport report) => ToStatus(report);

    public static Outcome<OperatorStatus> Operator(OperatorReport report) => ToStatus(report);

    public static Outcome<ChainStatus> Chain(ChainReport report) => new ChainStatus
    {
        Chain = report.Chain,
        First = report.Trusts[0],
        Newest = report.Trusts[^1],
        Number = (ulong)report.Trusts.Length,
        Trusts = report.Trusts,
        Hsms = report.Hsms,
        Retired = report.Retired,
        Domains = report.Domains,
        Behind = report.Behind,
    };

    public static Outcome<RewrapStatus> Rewrap(RewrapReport report) => new RewrapStatus
    {
        Chain = report.Chain,
        Trust = report.Trust,
        Number = report.Number,
        State = report.Phase switch
        {
            RewrapPhase.Idle => "idle",
            RewrapPhase.Running => "running",
            RewrapPhase.Waiting => "waiting",
            RewrapPhase.Done => "done",
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Phase, "Not a phase."),
        },
        Done = report.Done,
        Left = report.Left,
        Refused = [.. report.Refused.Select(one => new UnwrappedDomain(one.Domain, new Problem(one.Refusal.Code, one.Refusal.Detail)))],
        Changed = report.Changed == default ? null : report.Changed,
    };

    /// <summary>That a document doesn't count is an answer; that nobody can say is a refusal.</summary>
    public static async Task<Outcome<DocumentVerdict>> VerdictAsync(Task<Outcome<Nothing>> asked)
    {
        var outcome = await asked.ConfigureAwait(false);
        if (outcome.Refusal is not { } refusal) return new DocumentVerdict(Counts: true);
        return refusal.Code.IsRetriable() ? refusal : new DocumentVerdict(Counts: false, new Problem(refusal.Code.Name(), refusal.Detail));
    }

    public static WrapKeyKind? WrapKeyKindOf(string name) => name switch
    {
        "p256" => WrapKeyKind.P256,
        "rsa3072" => WrapKeyKind.Rsa3072,
        _ => null,
    };

    private static TrustStatus ToStatus(TrustReport report) => new()
    {
        Trust = report.Trust,
        Chain = report.Chain,
        Number = report.Number,
        Predecessor = report.Predecessor,
        State = report.State.Name(),
        Caller = report.Caller,
        Filed = report.Filed,
        Changed = report.Changed,
        Quorum = report.Quorum,
        Operators = report.Operators,
        Hsms = report.Hsms,
        Signers = report.Signers,
        SealedBy = report.SealedBy,
        Sealed = report.Sealed,
        Document = report.Document.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Document,
    };

    private static HsmKeyStatus ToStatus(HsmKeyReport report) =>
        new(report.Node, report.Chain, report.Kind == (byte)WrapKeyKind.Rsa3072 ? "rsa3072" : "p256", report.WrapKey, report.Document, report.Retired);

    private static OperatorStatus ToStatus(OperatorReport report) => new(report.Identity, report.Key, report.Certificate, report.NotAfter);
}
