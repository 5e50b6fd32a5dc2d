namespace VaultGrid.Enclave;

/// <content>Steps of sessions, and which entry of the audit log the answers wait for.</content>
internal sealed partial class EnclaveCore
{
    // What an opening sends signs nothing yet: its entry goes before those of the steps that follow, and they wait for it; one that is the whole part waits itself.
    private Outcome<SessionAnswer> OpenSession(OpenSessionCall call)
    {
        var opened = Noted(_table.Open(call, _vault.State), _ => CallNotes.Opened(call));
        if (opened.Is(out var answer, out _) && !answer.HasEnded) AuditTrail.WaitForNone(isNeeded: call.Plan.Purpose != SessionPurpose.Presign);
        return opened;
    }

    // A part's last step waits until the log tells of its opening or request; not for its own entry, which says that it is over. One that was spoiled waits for the entry that says so.
    private Outcome<SessionAnswer> StepSession(StepSessionCall call)
    {
        var (stepped, request) = (_table.Step(call, _vault.State), AuditTrail.OfThisCall);
        _ = Noted(stepped, answer => CallNotes.Stepped(call, answer));
        if (stepped.Is(out var answer, out _) && answer.Failure is null && AuditTrail.OfThisCall > request) AuditTrail.WaitForThoseBefore();
        return stepped;
    }

    // Before the answer leaves: an alarm that could be undone by a restart would be none.
    private Refusal? CountAlarm(Hash256 key, IReadOnlyList<NodeId> nodes) =>
        _vault.Change(state => (Outcome<Step<Done>>)new Step<Done>(state with { Alarms = state.Alarms.Raise(key, nodes) }, default, Note: CallNotes.Alarm(key, nodes))).Refusal;
}
