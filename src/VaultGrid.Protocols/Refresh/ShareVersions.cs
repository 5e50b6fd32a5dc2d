namespace VaultGrid.Protocols.Refresh;

/// <summary>
/// Which versions of its share a party has, and which counts. A pure decision table: the enclave stores the state durably before it acts on an answer.
/// </summary>
/// <remarks>
/// The old share is destroyed only with the commit certificate in hand: 2f + 1 parties have sealed the new one, f + 1 of them honest, so it is usable; and it is
/// certified by all, so nobody can make another. Before it, the new share is destroyed when the ceremony was given up.
/// </remarks>
public sealed record ShareVersions
{
    /// <summary>The version in force: the one that signs.</summary>
    public required uint InForce { get; init; }

    /// <summary>True if this party's share of the version in force is sealed here. False for a party that has yet to repair it.</summary>
    public required bool HoldsInForce { get; init; }

    /// <summary>The transcript of a next version whose share is sealed here and waits for its commit certificate.</summary>
    public Hash256? Pending { get; init; }

    /// <summary>A version that was replaced and whose share is still to be destroyed.</summary>
    public uint? ToDestroy { get; init; }

    /// <summary>A share of the next version was made and sealed: signing goes on with the old one.</summary>
    /// <returns>The next state; the same again changes nothing; refused: another one is pending, or this is not the next version.</returns>
    public Outcome<ShareVersions> Sealed(SharedKey next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Version == InForce + 1 && (Pending is null || Pending == next.Transcript)) return this with { Pending = next.Transcript };
        return new Refusal(RefusalCode.StateConflict, Pending is null
            ? $"version {next.Version} doesn't follow version {InForce}"
            : "the share of another next version is pending");
    }

    /// <summary>The commit certificate of the next version has come (and was verified): it is in force, whether or not our share of it is here.</summary>
    /// <returns>The next state; the same again changes nothing; refused: not the next version.</returns>
    public Outcome<ShareVersions> Committed(SharedKey next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Version == InForce) return this;
        if (next.Version != InForce + 1)
            return new Refusal(RefusalCode.StateStale, $"version {next.Version} doesn't follow version {InForce}: the certificates in between come first");
        return new ShareVersions { InForce = next.Version, HoldsInForce = Pending == next.Transcript, Pending = null, ToDestroy = HoldsInForce ? InForce : ToDestroy };
    }

    /// <summary>
    /// The ceremony was given up (it has no certificate, and the approved or scheduled next one starts): the pending share is destroyed.
    /// </summary>
    /// <returns>The next state; refused: this party has said "sealed", so a commit certificate may exist (<see cref="RefusalCode.StateConflict"/>): only a quorum's answer to the contrary ends that.</returns>
    /// <param name="saidSealed">True if our statement has left.</param>
    public Outcome<ShareVersions> GivenUp(bool saidSealed) => saidSealed && Pending is not null
        ? new Refusal(RefusalCode.StateConflict, "this party has said that it sealed the pending share, so the version may be in force elsewhere")
        : this with { Pending = null };

    /// <summary>The old share was destroyed.</summary>
    public ShareVersions Destroyed() => this with { ToDestroy = null };

    /// <summary>Our share of the version in force was repaired.</summary>
    public ShareVersions Repaired() => this with { HoldsInForce = true };

    /// <summary>True if this version may sign here.</summary>
    public bool MaySign(uint version) => HoldsInForce && version == InForce;
}
