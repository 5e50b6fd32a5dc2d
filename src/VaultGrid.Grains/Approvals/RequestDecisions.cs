using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Approvals;

/// <summary>How a request moves: open → done, refused or expired, and from those no further. Pure.</summary>
internal static class RequestDecisions
{
    /// <summary>A request as it is filed; refused where its document is not the one it names, or it could never be carried out.</summary>
    public static Outcome<RequestReport> File(RequestDocument request, SubmitRequest command, DateTimeOffset now)
    {
        if (request.CheckTime(now).Refusal is { } late) return late;
        if (CheckDocument(request.Request, command.Document.Span) is { } wrong) return wrong;
        return new RequestReport
        {
            RequestId = request.Request.Id,
            Hash = request.Hash,
            Request = command.Request,
            Document = command.Document,
            Action = request.Request.Action,
            Cluster = request.Request.Cluster,
            Clusters = request.Request.Clusters?.All ?? [],
            State = RequestState.Open,
            Caller = command.Caller,
            Filed = now,
            Changed = now,
            Expires = request.Request.Expires,
            Key = request.Request is SignRequest sign ? sign.Key : null,
        };
    }

    /// <summary>True where filing is a repetition; bytes decide, not callers.</summary>
    public static bool IsSame(RequestReport filed, SubmitRequest command) =>
        PublicBytes.Equal(filed.Request.Span, command.Request.Span) && PublicBytes.Equal(filed.Document.Span, command.Document.Span);

    /// <summary>The request as time leaves it.</summary>
    public static RequestReport At(RequestReport report, DateTimeOffset now) => report.State == RequestState.Open && now > report.Expires
        ? report with { State = RequestState.Expired, Changed = now, Refusal = Refused.Of(Expired(report)) }
        : report;

    /// <summary>Why a request that is not open can't go on; null where it can.</summary>
    public static Refusal? WhyClosed(RequestReport report) => report.State switch
    {
        RequestState.Open or RequestState.Done => null,
        RequestState.Expired => Expired(report),
        RequestState.Refused => report.Refusal!.ToRefusal(),
        _ => throw new InvalidOperationException("An unlisted state."),
    };

    /// <summary>The request after it was carried out.</summary>
    public static RequestReport Done(RequestReport report, Carried carried, DateTimeOffset now) => report with
    {
        State = RequestState.Done,
        Changed = now,
        Node = carried.Node,
        Refusal = null,
        Signature = carried.Signature,
        Message = carried.Message,
        Ceremony = carried.Ceremony ?? report.Ceremony,
        Key = carried.Key,
    };

    /// <summary>The request after an enclave refused it.</summary>
    public static RequestReport Refuse(RequestReport report, Refusal refusal, DateTimeOffset now) => report with
    {
        // What some clusters have done can't be taken back; the others may follow.
        State = IsFinal(refusal.Code) && !report.Parts.Any(part => part.Node is not null) ? RequestState.Refused : RequestState.Open,
        Changed = now,
        Refusal = Refused.Of(refusal),
    };

    // Final is what neither time, nor news, nor further approvals can cure: the request's own bytes are at fault, or what it replaces is gone.
    private static bool IsFinal(RefusalCode code) => code is
        RefusalCode.RequestMalformed or RefusalCode.RequestAction or RefusalCode.RequestCluster or
        RefusalCode.PolicySuperseded or RefusalCode.PolicyMalformed or RefusalCode.PolicyPath or RefusalCode.PolicyAlgorithm or
        RefusalCode.TransactionMalformed or RefusalCode.StateConflict or RefusalCode.KeyExists;

    private static Refusal Expired(RequestReport report) =>
        new(RefusalCode.RequestExpired, $"the request expired at {report.Expires:yyyy-MM-dd'T'HH:mm:ss'Z'}; make a new one and have it approved");

    private static Refusal? CheckDocument(Request request, ReadOnlySpan<byte> document)
    {
        if (request is DealKeyRequest deal)
            return DealPackage.ParseFor(deal, document).Is(out _, out var wrong) ? null : new Refusal(RefusalCode.RequestMalformed, wrong.Detail);
        if (request is RestoreShareRequest)
            return RestoreDocument.Parse(document).Is(out _, out var unread) ? null : new Refusal(RefusalCode.RequestMalformed, unread.Detail);
        (Hash256 Named, string What)? named = request switch
        {
            CreateKeyRequest create => (create.FirstPolicy, "policy"),
            GenerateKeyRequest generate => (generate.FirstPolicy, "policy"),
            DealKeyRequest => throw new InvalidOperationException("A deal's document is a package."),
            ChangePolicyRequest change => (change.NextPolicy, "policy"),
            ChangeAdminsRequest change => (change.NextPolicy, "policy"),
            ChangeMembershipRequest change => (change.Membership, "membership"),
            BootstrapTrustRequest bootstrap => (bootstrap.Trust, "trust"),
            SignRequest or RetireNodeRequest or RestoreNodeRequest or ClearAlarmsRequest or
                RefreshKeyRequest or ReshareKeyRequest or RepairShareRequest or DeleteKeyRequest => null,
            _ => throw new InvalidOperationException("An unlisted action."),
        };
        if (named is not { } wanted)
            return document.IsEmpty ? null : new Refusal(RefusalCode.RequestMalformed, $"a '{request.Action}' request comes without a document");
        return Hash256.Of(wanted.What, document) == wanted.Named
            ? null
            : new Refusal(RefusalCode.RequestMalformed, $"the document is not the one that the request names: its hash must be {wanted.Named}");
    }
}
