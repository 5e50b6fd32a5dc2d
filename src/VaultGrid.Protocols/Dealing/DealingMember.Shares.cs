namespace VaultGrid.Protocols;

/// <content>Shares on their way in: those that fit, those that somebody has signed, those that others repaired.</content>
public sealed partial class DealingMember
{
    /// <summary>Takes a share if it is that of a dealing that is here: then it is the dealer's, whoever brought it.</summary>
    /// <param name="dealer">Whose dealing.</param>
    /// <param name="share">The share; stays the caller's.</param>
    /// <returns>False where it does not fit, or can't be told yet.</returns>
    public bool TakeFitting(PartyIndex dealer, SecretBytes share) => Result is null && _receiver?.TakeShare(dealer, share) == true;

    /// <summary>Takes the share that a dealer sealed to this receiver.</summary>
    /// <param name="dealer">Who sealed it.</param>
    /// <param name="share">The share, which belongs to this member from now on.</param>
    public void ReceiveShare(PartyIndex dealer, SecretBytes share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (Receiver is null || Result is not null || _receiver?.Holds(dealer) == true || !_ceremony.Dealers.Parameters.Has(dealer) || !_shares.TryAdd(dealer, share)) share.Dispose();
    }

    /// <summary>Takes the share of the version that this receiver was starved of, as others repaired it.</summary>
    /// <param name="share">The share; stays the caller's.</param>
    /// <returns>False where the version is not <see cref="Starved"/> any more.</returns>
    public bool TakeRepaired(KeyShare share)
    {
        ArgumentNullException.ThrowIfNull(share);
        if (Result is not null || Starved is not { } key || !share.Key.Equals(key) || share.Index != Receiver || !_receiver!.Decide(key.Transcript)) return false;
        (Result, Starved, _progress) = (share.Clone(), null, DealingProgress.Decided);
        return true;
    }
}
