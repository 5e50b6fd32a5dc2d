using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Whether a session may sign: this enclave verifies request and approvals, and computes what is signed, by itself (protocols §4, rules).</summary>
internal sealed class SessionApproval(RequestCheck requests, CallGate calls, TokenBucket audits)
{
    private readonly VerifiedApprovals _verified = new();

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
                return new[] { Audited(audit) };
            default:
                return new Refusal(RefusalCode.SessionMismatch, "this session is opened without a request");
        }
    }

    /// <summary>What an audit signs: a digest that no request can ask for, with the key itself.</summary>
    public static ApprovedMessage Audited(SessionSubject.Audit audit) => new(audit.Approval!.Value, AuditSignCall.DigestOf(audit.Bytes).AsSpan(), DerivationPath.Master);

    /// <summary>A request that the participants' clusters are to sign together.</summary>
    public Outcome<ApprovedMessage> Request(
        SessionHeader header, ReadOnlyMemory<byte> utf8, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state) =>
        Request(header, utf8, approvals, key, state, _verified.Verifies);

    /// <summary>The same of a request that will be brought soon: the signatures of its approvals are remembered, if all is well with it.</summary>
    public Outcome<ApprovedMessage> Announced(
        SessionHeader header, ReadOnlyMemory<byte> utf8, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state) =>
        Request(header, utf8, approvals, key, state, _verified.VerifiesAhead);

    private Outcome<ApprovedMessage> Request(
        SessionHeader header, ReadOnlyMemory<byte> utf8, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state, StatementVerifier signatures)
    {
        if (key.Shared is not null && CallDocument.Is(utf8.Span)) return Call(utf8, approvals, key, state);
        if (!RequestDocument.Parse(utf8.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not SignRequest request) return new Refusal(RefusalCode.RequestAction, $"a session signs; it does not carry out '{document.Request.Action}'");
        if (key.Shared is not null) return Message(header, document, request, approvals, key, state);
        if (request.Clusters is not { } clusters || !header.Participants.All(p => clusters.Contains(new ClusterId(p.Cluster))))
            return new Refusal(RefusalCode.RequestCluster, "the request is not for all clusters of the session");
        if (request.Key != key.Hash) return new Refusal(RefusalCode.SessionMismatch, "the request is for another key than the session");
        if (!requests.Approved(document, approvals, key.Policies, state, signatures).Is(out _, out refusal)) return refusal;
        if (!key.Policies.Current.CheckUse(request).Is(out _, out refusal)) return refusal;
        return KeySigner.DigestOf(request.Subject).Then<ApprovedMessage>(digest => new ApprovedMessage(document.Hash, digest.AsSpan(), request.Path));
    }

    /// <summary>What a request or call asks a shared key to sign, without asking whether it may: for who puts shares together that their signers have checked.</summary>
    public static Outcome<ApprovedMessage> Asked(ReadOnlyMemory<byte> utf8, VaultKey key)
    {
        if (CallDocument.Is(utf8.Span))
        {
            if (!CallDocument.Parse(utf8.Span).Is(out var call, out var refused)) return refused;
            return SignParameters.Parse(call.Parameters.Span).Then(parameters => Of(call.Hash(), parameters.Subject, parameters.Path, key));
        }

        if (!RequestDocument.Parse(utf8.Span).Is(out var document, out var refusal)) return refusal;
        return document.Request is SignRequest { Subject: SigningSubject.Message message } request
            ? Of(document.Hash, message, request.Path, key)
            : new Refusal(RefusalCode.RequestAction, "a shared key signs messages");
    }

    private static Outcome<ApprovedMessage> Of(Hash256 approval, SigningSubject.Message message, DerivationPath path, VaultKey key) => message.Algorithm == key.Birth.Kind.Algorithm()
        ? new ApprovedMessage(approval, message.Bytes.Span, path, message.Tweak?.ToString() ?? "")
        : new Refusal(RefusalCode.PolicyAlgorithm, $"a key of kind {key.Birth.Kind.Name()} does not sign with {message.Algorithm.Name()}");

    private Outcome<ApprovedMessage> Message(SessionHeader header, RequestDocument document, SignRequest request, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state)
    {
        if (!header.Participants.All(p => request.IsFor(new ClusterId(p.Cluster)))) return new Refusal(RefusalCode.RequestCluster, "the request is not for all clusters of the session");
        if (request.Key != key.Hash) return new Refusal(RefusalCode.SessionMismatch, "the request is for another key than the session");
        if (request.Subject is not SigningSubject.Message message) return new Refusal(RefusalCode.RequestAction, "a shared key signs messages");
        if (!requests.Approved(document, approvals, key.Policies, state).Is(out _, out var refusal)) return refusal;
        return key.Policies.Current.CheckUse(request).Is(out _, out refusal) ? Of(document.Hash, message, request.Path, key) : refusal;
    }

    private Outcome<ApprovedMessage> Call(ReadOnlyMemory<byte> bytes, IReadOnlyList<Approval> approvals, VaultKey key, VaultState state)
    {
        if (approvals.Count > 0) return new Refusal(RefusalCode.CallInvalid, "a call comes without approvals");
        if (!CallDocument.Parse(bytes.Span).Is(out var document, out var refusal)) return refusal;
        if (!SignParameters.Parse(document.Parameters.Span).Is(out var parameters, out refusal)) return refusal;
        if (!calls.Authorise(document.Call, document.Parameters.Span, state, (body, caller) => KeyCalls.Permit(body, caller, key, SignParameters.Action)).Is(out _, out refusal)) return refusal;
        if (!key.Policies.Current.CheckUse(parameters.Subject.Algorithm, parameters.Path).Is(out _, out refusal)) return refusal;
        return Of(document.Hash(), parameters.Subject, parameters.Path, key);
    }
}
