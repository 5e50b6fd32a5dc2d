using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Whether a session may sign: this enclave verifies request and approvals, and computes what is signed, by itself (protocols §4, rules).</summary>
internal sealed class SessionApproval(RequestCheck requests, TokenBucket audits)
{
    /// <summary>For a session that opens: its request, its audit, or nothing yet.</summary>
    /// <returns>What may be signed, in a list: none for a session that is prepared.</returns>
    public Outcome<IReadOnlyList<ApprovedMessage>> Opening(SessionHeader header, OpenSessionCall call, VaultKey key, VaultState state)
    {
        switch (header.Subject)
        {
            case SessionSubject.Request:
                return Request(header, call.Request, call.Approvals, key, state).Then<IReadOnlyList<ApprovedMessage>>(approved => new[] { approved });
            case SessionSubject.Presign when call.Request.IsEmpty:
                return Array.Empty<ApprovedMessage>();
            case SessionSubject.Audit audit when call.Request.IsEmpty:
                if (!audits.TryTake()) return new Refusal(RefusalCode.AuditRate, "audit signatures are asked for too often; wait a second");
                return new[] { new ApprovedMessage(audit.Approval!.Value, AuditSignCall.DigestOf(audit.Bytes).AsSpan(), DerivationPath.Master) };
            default:
                return new Refusal(RefusalCode.SessionMismatch, "this session is opened without a request");
        }
    }

    /// <summary>A request that the participants' clusters are to sign together.</summary>
    public Outcome<ApprovedMessage> Request(
        SessionHeader header, ReadOnlyMemory<byte> utf8, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state)
    {
        if (!RequestDocument.Parse(utf8.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not SignRequest request) return new Refusal(RefusalCode.RequestAction, $"a session signs; it does not carry out '{document.Request.Action}'");
        if (request.Clusters is not { } clusters || !header.Participants.All(p => clusters.Contains(new ClusterId(p.Cluster))))
            return new Refusal(RefusalCode.RequestCluster, "the request is not for all clusters of the session");
        if (request.Key != key.Hash) return new Refusal(RefusalCode.SessionMismatch, "the request is for another key than the session");
        if (!requests.Approved(document, approvals, key.Policies, state).Is(out _, out refusal)) return refusal;
        if (!key.Policies.Current.CheckUse(request).Is(out _, out refusal)) return refusal;
        return KeySigner.DigestOf(request.Subject).Then<ApprovedMessage>(digest => new ApprovedMessage(document.Hash, digest.AsSpan(), request.Path));
    }
}
