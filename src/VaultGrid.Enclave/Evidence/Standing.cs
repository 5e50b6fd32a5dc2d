namespace VaultGrid.Enclave;

/// <summary>Whether this enclave may use its keys: its own certificate counts and the membership names it.</summary>
internal sealed class Standing(CertificateGate certificates)
{
    /// <summary>Its certificate counts now.</summary>
    public Outcome<Done> Certified(VaultState state, OverdueLists overdue = OverdueLists.Refused) =>
        certificates.Now(state.Certificate!, CertificateRole.Device, state.Authorities!, overdue).Is(out _, out var refusal) ? default(Done) : refusal;

    /// <summary>Its certificate counts now, and it is a member.</summary>
    public Outcome<Done> Member(VaultState state, OverdueLists overdue = OverdueLists.Refused)
    {
        if (!state.IsMember) return new Refusal(RefusalCode.NodeNotMember, $"node {state.Node} is not in the cluster's membership record {state.Membership?.Number ?? 0}");
        return Certified(state, overdue);
    }
}
