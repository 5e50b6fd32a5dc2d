using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.Frost;

/// <summary>A signer that has sent its commitment and waits for the others', and in a prepared session for what may be signed.</summary>
internal sealed class FrostSigner(
    NoncePool pool, SharedKey shared, Func<ApprovedMessage, Outcome<SigningKey>> derive, SessionHeader header, int place, IReadOnlyList<PartyIndex> holders,
    NonceCommitment mine, ApprovedMessage? approved) : ISessionParty
{
    private bool _isUsed;

    public SessionStep Receive(SessionInput input)
    {
        _isUsed = true;
        if (Check(input, out var commitments) is { } fault) return Aborted(fault);
        if ((approved is null) == (input.Approved is null)) return Aborted(Refused(RefusalCode.RequestConflict, "a session signs for the one request that it is held for, or that it gets now"));
        var message = (approved ?? input.Approved)!;
        if (!derive(message).Is(out var key, out var underivable)) return Aborted(new SessionFault.Refused(underivable));
        input.Witness?.Spent(header, place, mine.ToBytes(), message.Approval);
        if (!pool.SignPart(key, SigningPackage.Of(message.Message, commitments)).Is(out var part, out var refused))
            return new SessionStep.Aborts(new SessionFault.Refused(refused is ProtocolFault.Refused { Refusal: var why }
                ? why
                : new Refusal(RefusalCode.InputMalformed, "the commitments to nonces make no session")));
        return new SessionStep.Ends([new RoundMessage(header, FrostProtocol.ShareRound, (byte)place, RoundMessage.Coordinator, header.Hash, part.ToBytes())]);
    }

    /// <summary>Wipes the nonces if no step used them.</summary>
    public void Dispose()
    {
        if (!_isUsed) pool.Burn(mine);
    }

    private static SessionFault.Refused Refused(RefusalCode code, string why) => new(new Refusal(code, why));

    private SessionStep.Aborts Aborted(SessionFault fault)
    {
        pool.Burn(mine);
        return new SessionStep.Aborts(fault);
    }

    // One message of each other signer, of this session and round, that speaks for its sender's index only.
    private SessionFault? Check(SessionInput input, out List<NonceCommitment> commitments)
    {
        commitments = [mine];
        var seen = new HashSet<byte>();
        foreach (var received in input.Messages)
        {
            if (!received.Header.Equals(header) || received.Round != FrostProtocol.CommitmentRound || received.Receiver != RoundMessage.Coordinator || received.Sender == place
                || received.Answers != header.Hash || !seen.Add(received.Sender))
                return new SessionFault.Misplaced(received.From, received.Round);
            if (!NonceCommitment.Parse(shared.Group, received.Body).Is(out var commitment, out _) || commitment.Party != holders[received.Sender])
                return new SessionFault.Malformed(received.From, received.Round);
            commitments.Add(commitment);
        }
        return commitments.Count >= shared.Parameters.Signers ? null : Refused(RefusalCode.InputMalformed, "a signature takes f + 1 commitments");
    }
}
