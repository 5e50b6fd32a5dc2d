using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_j, 1 &lt; j &lt; t, after getAB: holds k_j and waits for R_{j+1}.</summary>
internal sealed class MiddleAwaitsPoint(SigningSession session, SecretScalar k, Hash256 sent) : ISessionParty
{
    private readonly Once<SecretScalar> _k = new(k);

    public SessionStep Receive(SessionInput input)
    {
        using var k = _k.Take();

        // R_t answers the ciphertexts of c_{t−1}; every other R_{j+1} answers a message that c_j has not seen.
        Hash256? answers = session.Place == session.Last - 1 ? sent : null;
        if (session.Single(input, EcdsaRound.NoncePoint, session.Place + 1, answers, out var message) is { } misplaced)
            return new SessionStep.Aborts(misplaced);
        if (SigningSession.ReadPoint(message, message.Body, out var point) is { } malformed) return new SessionStep.Aborts(malformed);

        // R_j = k_j·R_{j+1}
        session.Spend(input, k, session.Header.Subject.Approval);
        var answer = session.Message(EcdsaRound.NoncePoint, session.Place - 1, message.Hash, point.Multiply(k).Bytes);
        return session.IsPrepared
            ? new SessionStep.Continues(new MiddlePrepared(session), [answer])
            : new SessionStep.Ends([answer]);
    }

    public void Dispose() => _k.Dispose();
}
