using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.Frost;

/// <summary>A signer that has sent its commitment and waits for the others'.</summary>
internal sealed class FrostSigner(
    NoncePool pool, SigningKey key, SessionHeader header, int place, IReadOnlyList<PartyIndex> holders, NonceCommitment mine, byte[] message) : ISessionParty
{
    private bool _isUsed;

    public SessionStep Receive(SessionInput input)
    {
        _isUsed = true;
        if (Check(input, out var commitments) is { } fault)
        {
            pool.Burn(mine);
            return new SessionStep.Aborts(fault);
        }
        if (!pool.Sign(key, SigningPackage.Of(message, commitments)).Is(out var share, out var refused))
            return new SessionStep.Aborts(new SessionFault.Refused(refused is ProtocolFault.Refused { Refusal: var why }
                ? why
                : new Refusal(RefusalCode.InputMalformed, "the commitments to nonces make no session")));
        return new SessionStep.Ends([new RoundMessage(header, FrostProtocol.ShareRound, (byte)place, RoundMessage.Coordinator, header.Hash, share.ToBytes())]);
    }

    /// <summary>Wipes the nonces if no step used them.</summary>
    public void Dispose()
    {
        if (!_isUsed) pool.Burn(mine);
    }

    // One message of each other participant, of this session and round, to us, that speaks for its sender's index only.
    private SessionFault? Check(SessionInput input, out List<NonceCommitment> commitments)
    {
        commitments = [mine];
        var seen = new HashSet<byte>();
        foreach (var received in input.Messages)
        {
            if (!received.Header.Equals(header) || received.Round != FrostProtocol.CommitmentRound || received.Receiver != place || received.Sender == place
                || received.Answers != header.Hash || !seen.Add(received.Sender))
                return new SessionFault.Misplaced(received.From, received.Round);
            if (!NonceCommitment.Parse(key.Suite.Group, received.Body).Is(out var commitment, out _) || commitment.Party != holders[received.Sender])
                return new SessionFault.Malformed(received.From, received.Round);
            commitments.Add(commitment);
        }
        return seen.Count == holders.Count - 1 ? null : new SessionFault.Refused(new Refusal(RefusalCode.InputMalformed, "a participant's commitment is missing"));
    }
}
