namespace VaultGrid.Protocols;

/// <summary>A receiver's answer to a dealing.</summary>
public abstract record DealingAnswer
{
    private DealingAnswer()
    {
    }

    /// <summary>The dealing is good, and so is the share: an echo, one of the votes that certify the dealing.</summary>
    public sealed record Acknowledged(PartyIndex Dealer, Hash256 Digest, Vote Vote) : DealingAnswer;

    /// <summary>The dealing is good, the share is not: for the dealer, who has to open it.</summary>
    public sealed record Complained(PartyIndex Dealer, SignedMessage Complaint) : DealingAnswer;
}
