namespace VaultGrid.Enclave;

/// <summary>What the audit log says of calls that are no approved actions, and which refusals of approved actions it tells of.</summary>
internal static class CallNotes
{
    /// <summary>Refusals are told of in a burst of so many, …</summary>
    public const int RefusalBurst = 64;

    /// <summary>… then so many each second: whoever can only ask must not be able to fill the disk.</summary>
    public const double RefusalsPerSecond = 4;

    /// <summary>A change of state that says nothing of itself.</summary>
    public static AuditNote Changed(EnclaveCallKind kind, object answer) => new(kind switch
    {
        EnclaveCallKind.Provision => AuditActions.Provision,
        EnclaveCallKind.Certify => AuditActions.Certify,
        EnclaveCallKind.AddAuthorities => AuditActions.Authorities,
        EnclaveCallKind.Learn => AuditActions.Learn,
        EnclaveCallKind.Accept => AuditActions.Accept,
        EnclaveCallKind.WrapKey => AuditActions.WrapKey,
        _ => $"call.{(byte)kind}",
    })
    {
        Key = answer is HeldKey held ? held.Key : default,
        Subject = answer is HeldKey named ? named.KeyId.ToString() : "",
    };

    /// <summary>A key went to another node.</summary>
    public static AuditNote? Release(SignedStatement answer) => ReleaseStatement.Parse(answer.Statement.Span).Is(out var release, out _)
        ? new AuditNote(AuditActions.Release) { Key = release.Header.Birth, Subject = $"{release.Header.KeyId} to {release.Header.Joiner}" }
        : null;

    /// <summary>An audit signature: there are few, since their rate is limited.</summary>
    public static AuditNote Audit(AuditSignCall call) => new(AuditActions.AuditSign) { Key = call.Key };

    /// <summary>A session was opened.</summary>
    public static AuditNote Opened(OpenSessionCall call) => new(AuditActions.SessionOpen)
    {
        Key = call.Plan.Key,
        Request = RequestOf(call.Request),
        Approvals = AuditNote.Fingerprints(call.Approvals),
        Subject = $"{call.Plan.Purpose} {call.Plan.Session}".ToLowerInvariant(),
    };

    /// <summary>A prepared session's request, which this enclave has verified: before anything that is made for it leaves.</summary>
    public static AuditNote Requested(Hash256 key, Hash256 session, ReadOnlyMemory<byte> request, IReadOnlyList<Approval> approvals) => new(AuditActions.SessionRequest)
    {
        Key = key,
        Request = RequestOf(request),
        Approvals = AuditNote.Fingerprints(approvals),
        Subject = session.ToString(),
    };

    /// <summary>A session's last step; null for those before.</summary>
    public static AuditNote? Stepped(StepSessionCall call, SessionAnswer answer) => answer.HasEnded
        ? new AuditNote(answer.Failure is null ? AuditActions.SessionDone : AuditActions.SessionAbort)
        {
            Request = RequestOf(call.Request),
            Approvals = AuditNote.Fingerprints(call.Approvals),
            Subject = call.Session.ToString(),
        }
        : null;

    /// <summary>What other nodes sent failed a check.</summary>
    public static AuditNote Alarm(Hash256 key, IReadOnlyList<NodeId> nodes) => new(AuditActions.Alarm) { Key = key, Subject = string.Join(' ', nodes.Take(16)) };

    /// <summary>True for refusals that tell of an attempt; not for an enclave that was busy or broken.</summary>
    public static bool IsNoted(Refusal refusal) => !refusal.Code.IsRetriable() && refusal.Code is not RefusalCode.EnclaveFault;

    private static Hash256 RequestOf(ReadOnlyMemory<byte> request) => request.IsEmpty ? default : Hash256.Sha256(request.Span);
}
