using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>
/// c_t's presignature: waits for its own approval and for everybody's go, and signs. There is no way to write it down; one that were copied along with
/// the memory it lies in would still need a go of all others, who give one only.
/// </summary>
internal sealed class LastPrepared(SigningSession session, LastSecrets secrets, GroupElement sentPoint) : ISessionParty
{
    private readonly Once<LastSecrets> _secrets = new(secrets);

    public SessionStep Receive(SessionInput input)
    {
        using var secrets = _secrets.Take();
        if (input.Round != EcdsaRound.Go || input.Approved is not { } approved)
            return new SessionStep.Aborts(SigningSession.Refused("a presignature waits for an approved request"));
        if (!session.Accept(approved).Is(out var task, out var refusal)) return new SessionStep.Aborts(new SessionFault.Refused(refusal));
        if (GoMessage.Read(session, input.Messages, task, out var point) is { } fault) return new SessionStep.Aborts(fault);
        return SignatureStep.Take(session, task, secrets, sentPoint, point, session.Header.Hash, input);
    }

    public void Dispose() => _secrets.Dispose();
}
