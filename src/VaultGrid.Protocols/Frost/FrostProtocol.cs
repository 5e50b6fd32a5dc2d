using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// FROST as a session of the enclaves: the participants are f + 1 or more holders. Round 1: everybody's commitment, to all, by way of the coordinator. Round 2: the coordinator brings the
/// commitments of those who are to sign, f + 1 or more, and everybody of them answers with its share. Whoever checks and adds the shares (<see cref="SigningSession"/>) names whose is bad, and
/// another session with others follows. A session that is opened before there is a request is a stock of nonces: signing is then one round.
/// </summary>
public static class FrostProtocol
{
    /// <summary>The name in session headers.</summary>
    public const string Name = "frost";

    /// <summary>The version in session headers.</summary>
    public const byte Version = 1;

    /// <summary>The round of the commitments: public, signed, for all.</summary>
    public const byte CommitmentRound = 1;

    /// <summary>The round of the shares.</summary>
    public const byte ShareRound = 2;

    /// <summary>
    /// Opens this enclave's part with its commitment. The enclave has checked before that header, key and share version fit, that every participant is the holder that
    /// <paramref name="holders"/> says, and request and approvals, where there is a request.
    /// </summary>
    /// <param name="pool">This signer's nonces, of the key's version.</param>
    /// <param name="shared">The key, in the version of the header.</param>
    /// <param name="derive">Derives the key that signs from what was approved: the enclave's own doing.</param>
    /// <param name="header">The session.</param>
    /// <param name="place">This enclave's place among the participants, from 0.</param>
    /// <param name="holders">The share index of each participant, in their order.</param>
    /// <param name="approved">What may be signed; null for a session that is prepared.</param>
    /// <returns>The first step, or a refusal before a nonce is at stake.</returns>
    public static Outcome<SessionStep> Open(
        NoncePool pool, SharedKey shared, Func<ApprovedMessage, Outcome<SigningKey>> derive, SessionHeader header, int place, IReadOnlyList<PartyIndex> holders, ApprovedMessage? approved)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(shared);
        ArgumentNullException.ThrowIfNull(derive);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(holders);
        if (header.Protocol != Name || header.ProtocolVersion != Version || header.ShareVersion != shared.Version)
            return new Refusal(RefusalCode.StateConflict, "the header is of another protocol, or another version of the key");
        if (header.Subject.Approval != approved?.Approval)
            return new Refusal(RefusalCode.RequestConflict, "the session is held for another request than the one that was approved");
        if (holders.Count != header.Participants.Count || place < 0 || place >= holders.Count || holders.Distinct().Count() != holders.Count
            || holders.Count < shared.Parameters.Signers || !holders.All(shared.Parameters.Has))
            return new Refusal(RefusalCode.InputMalformed, "the participants are f + 1 or more holders of the key, each once");
        if (approved is not null && derive(approved).Refusal is { } underivable) return underivable;
        if (!pool.Prepare().Is(out var commitment, out var refusal)) return refusal;

        var party = new FrostSigner(pool, shared, derive, header, place, holders, commitment, approved);
        return new SessionStep.Continues(party, [new RoundMessage(header, CommitmentRound, (byte)place, RoundMessage.Coordinator, header.Hash, commitment.ToBytes())]);
    }
}
