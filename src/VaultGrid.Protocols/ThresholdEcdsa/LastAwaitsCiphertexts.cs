using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_t before getAB_and_R: no secret of the session yet.</summary>
internal sealed class LastAwaitsCiphertexts(SigningSession session, SigningTask? task) : ISessionParty
{
    public SessionStep Receive(SessionInput input)
    {
        Hash256? answers = session.Place == 1 ? session.Header.Hash : null;
        if (session.Single(input, EcdsaRound.Ciphertexts, session.Place - 1, answers, out var message) is { } misplaced)
            return new SessionStep.Aborts(misplaced);
        if (CiphertextPair.Read(session, message, out var pair) is { } malformed) return new SessionStep.Aborts(malformed);

        // "refuses unless 0 < a, b < q^{t−1}, a, b ≢ 0 mod q and (b·x_t mod q)·G = a·X": before a nonce of c_t exists
        var (decryptedA, decryptedB) = pair.Decrypt(session);
        _ = decryptedA.Is(out var a, out _);
        _ = decryptedB.Is(out var b, out _);
        if (a is null || b is null)
        {
            a?.Dispose();
            b?.Dispose();
            return new SessionStep.Aborts(session.Accuse(a is null ? EcdsaCheck.NonceRange : EcdsaCheck.KeyRange));
        }

        using var x = session.KeyFactor();
        using var key = b.Multiply(x);
        if (!key.TimesGenerator().Equals(session.PublicKey.Multiply(a)))
        {
            a.Dispose();
            b.Dispose();
            return new SessionStep.Aborts(session.Accuse(EcdsaCheck.KeyRelation));
        }

        // R_t = k_t·G
        var z = session.DrawNonce(x, input.Random);
        using var k = z.Invert();
        var point = k.TimesGenerator();
        var answer = session.Message(EcdsaRound.NoncePoint, session.Place - 1, message.Hash, point.Bytes);
        var secrets = new LastSecrets(a, b, z);
        return new SessionStep.Continues(
            task is null ? new LastPrepared(session, secrets, point) : new LastAwaitsPoint(session, task, secrets, point, answer.Hash), [answer]);
    }

    public void Dispose()
    {
    }
}
