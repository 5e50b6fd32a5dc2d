using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>c_1 after getAB: holds k_1 and waits for R_2.</summary>
internal sealed class FirstAwaitsPoint : ISessionParty
{
    private readonly SigningSession _session;
    private readonly Once<SecretScalar> _k;
    private readonly Hash256 _sent;

    private FirstAwaitsPoint(SigningSession session, SecretScalar k, Hash256 sent) => (_session, _k, _sent) = (session, new(k), sent);

    public static SessionStep Open(SigningSession session, RandomNumberGenerator random)
    {
        using var x = session.KeyFactor();
        using var z = session.DrawNonce(x, random);
        var pair = CiphertextPair.First(session, z, x, random);
        var message = session.Message(EcdsaRound.Ciphertexts, 1, session.Header.Hash, pair.ToBody());
        return new SessionStep.Continues(new FirstAwaitsPoint(session, z.Invert(), message.Hash), [message]);
    }

    public SessionStep Receive(SessionInput input)
    {
        // "taken out … before the first check that can fail"
        using var k = _k.Take();

        // For t = 2, R_2 answers the ciphertexts; for more, a message that c_1 has not seen.
        Hash256? answers = _session.Last == 1 ? _sent : null;
        if (_session.Single(input, EcdsaRound.NoncePoint, 1, answers, out var message) is { } misplaced) return new SessionStep.Aborts(misplaced);
        if (SigningSession.ReadPoint(message, message.Body, out var point) is { } malformed) return new SessionStep.Aborts(malformed);

        if (_session.IsPrepared)
        {
            // "when presigning, c_1 only stores R_2 and answers ready"
            var ready = _session.Message(EcdsaRound.Ready, RoundMessage.Coordinator, message.Hash, []);
            return new SessionStep.Continues(new FirstPrepared(_session, k.Clone(), point), [ready]);
        }

        // R = R_1 = k_1·R_2
        _session.Spend(input, k, _session.Header.Subject.Approval);
        return new SessionStep.Ends([_session.Message(EcdsaRound.NoncePoint, _session.Last, message.Hash, point.Multiply(k).Bytes)]);
    }

    public void Dispose() => _k.Dispose();
}
