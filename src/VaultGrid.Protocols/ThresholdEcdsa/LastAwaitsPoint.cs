using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_t after getAB_and_R: waits for R and signs.</summary>
internal sealed class LastAwaitsPoint(SigningSession session, SigningTask task, LastSecrets secrets, GroupElement sentPoint, Hash256 sent) : ISessionParty
{
    private readonly Once<LastSecrets> _secrets = new(secrets);

    public SessionStep Receive(SessionInput input)
    {
        using var secrets = _secrets.Take();

        // For t = 2, R answers R_t; for more, a message that c_t has not seen.
        Hash256? answers = session.Last == 1 ? sent : null;
        if (session.Single(input, EcdsaRound.NoncePoint, 0, answers, out var message) is { } misplaced) return new SessionStep.Aborts(misplaced);
        if (SigningSession.ReadPoint(message, message.Body, out var point) is { } malformed) return new SessionStep.Aborts(malformed);
        return SignatureStep.Take(session, task, secrets, sentPoint, point, message.Hash, input);
    }

    public void Dispose() => _secrets.Dispose();
}
