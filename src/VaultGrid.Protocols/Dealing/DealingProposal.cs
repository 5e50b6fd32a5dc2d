namespace VaultGrid.Protocols;

/// <summary>What whoever carries the messages proposes after a deadline. Nobody trusts it: a party votes for one list and one version, and for neither with too few dealers.</summary>
public abstract record DealingProposal
{
    private DealingProposal()
    {
    }

    /// <summary>To vote for the list of these dealers' commitments (new keys).</summary>
    public sealed record List(IReadOnlyList<PartyIndex> Dealers) : DealingProposal;

    /// <summary>To acknowledge what is there.</summary>
    public sealed record Acknowledge : DealingProposal;

    /// <summary>To make the version of these dealers' dealings.</summary>
    public sealed record Version(IReadOnlyList<PartyIndex> Dealers) : DealingProposal;
}
