using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Tells a protocol's fault to the coordinator.</summary>
internal static class SessionFailures
{
    /// <summary>The failure; null for the enclave's own fault, which is a refusal and names nobody.</summary>
    public static SessionFailure? Of(SessionFault fault)
    {
        var culprits = Nodes(fault.Culprits);
        return fault switch
        {
            SessionFault.Malformed malformed => new(SessionFailureKind.Malformed, malformed.Round, culprits, $"a message of {malformed.From} in round {malformed.Round} can't be used"),
            SessionFault.Misplaced misplaced => new(SessionFailureKind.Misplaced, misplaced.Round, culprits, $"a message of {misplaced.From} in round {misplaced.Round} does not belong there"),
            SessionFault.Equivocated twice => new(SessionFailureKind.Equivocated, twice.Round, culprits, $"round {twice.Round} was answered, and another message of {twice.From} came"),
            SessionFault.Inconsistent wrong => new(
                SessionFailureKind.Inconsistent, wrong.Check, culprits, $"{wrong.Accuser} found that what it was sent does not fit the key (check {wrong.Check})"),
            SessionFault.Refused refused => new(SessionFailureKind.Refused, 0, culprits, refused.Refusal.Detail),
            SessionFault.Enclave => null,
            _ => throw new InvalidOperationException("An unlisted fault."),
        };
    }

    /// <summary>The nodes of participants.</summary>
    public static IReadOnlyList<NodeId> Nodes(IEnumerable<Participant> participants) => [.. participants.Select(p => new NodeId(new ClusterId(p.Cluster), p.Node))];
}
