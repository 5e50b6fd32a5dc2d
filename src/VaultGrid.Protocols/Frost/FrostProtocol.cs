using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// FROST as a session of the enclaves: the participants are the f + 1 (or more) signers of one attempt. Round 1: everybody's commitment to everybody.
/// Round 2: everybody's share to the coordinator, who checks and adds them (<see cref="SigningSession"/>), and opens another session with others if one is bad or missing.
/// </summary>
public static class FrostProtocol
{
    /// <summary>The name in session headers.</summary>
    public const string Name = "frost";

    /// <summary>The version in session headers.</summary>
    public const byte Version = 1;

    /// <summary>The round of the commitments.</summary>
    public const byte CommitmentRound = 1;

    /// <summary>The round of the shares.</summary>
    public const byte ShareRound = 2;

    /// <summary>
    /// Opens this enclave's part with its commitment. The enclave has checked before that header, key and share version fit, that every participant is the holder that
    /// <paramref name="holders"/> says, and request and approvals; it has derived <paramref name="key"/> from the request itself.
    /// </summary>
    /// <param name="pool">This signer's nonces, of the key's version.</param>
    /// <param name="key">The key that signs.</param>
    /// <param name="header">The session.</param>
    /// <param name="place">This enclave's place among the participants, from 0.</param>
    /// <param name="holders">The share index of each participant, in their order.</param>
    /// <param name="approved">What may be signed.</param>
    /// <returns>The first step, or a refusal before a nonce is at stake.</returns>
    public static Outcome<SessionStep> Open(
        NoncePool pool, SigningKey key, SessionHeader header, int place, IReadOnlyList<PartyIndex> holders, ApprovedMessage approved)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(holders);
        ArgumentNullException.ThrowIfNull(approved);
        if (header.Protocol != Name || header.ProtocolVersion != Version || header.ShareVersion != key.Shared.Version)
            return new Refusal(RefusalCode.StateConflict, "the header is of another protocol, or another version of the key");
        if (header.Subject.Approval != approved.Approval)
            return new Refusal(RefusalCode.RequestConflict, "the session is held for another request than the one that was approved");
        if (holders.Count != header.Participants.Count || place < 0 || place >= holders.Count || holders.Distinct().Count() != holders.Count
            || holders.Count < key.Shared.Parameters.Signers || !holders.All(key.Shared.Parameters.Has))
            return new Refusal(RefusalCode.InputMalformed, "the participants are f + 1 or more holders of the key, each once");
        if (!pool.Prepare().Is(out var commitment, out var refusal)) return refusal;

        var party = new FrostSigner(pool, key, header, place, holders, commitment, approved.Message.ToArray());
        return new SessionStep.Continues(party, [.. Enumerable.Range(0, holders.Count).Where(other => other != place)
            .Select(other => new RoundMessage(header, CommitmentRound, (byte)place, (byte)other, header.Hash, commitment.ToBytes()))]);
    }
}
