using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_j, 1 &lt; j &lt; t, before getAB: no secret of the session yet.</summary>
internal sealed class MiddleAwaitsCiphertexts(SigningSession session) : ISessionParty
{
    public SessionStep Receive(SessionInput input)
    {
        Hash256? answers = session.Place == 1 ? session.Header.Hash : null;
        if (session.Single(input, EcdsaRound.Ciphertexts, session.Place - 1, answers, out var message) is { } misplaced)
            return new SessionStep.Aborts(misplaced);
        if (CiphertextPair.Read(session, message, out var before) is { } malformed) return new SessionStep.Aborts(malformed);

        using var x = session.KeyFactor();
        using var z = session.DrawNonce(x, input.Random);
        var pair = before.Next(session, z, x, input.Random);
        var answer = session.Message(EcdsaRound.Ciphertexts, session.Place + 1, message.Hash, pair.ToBody());
        return new SessionStep.Continues(new MiddleAwaitsPoint(session, z.Invert(), answer.Hash), [answer]);
    }

    public void Dispose()
    {
    }
}
