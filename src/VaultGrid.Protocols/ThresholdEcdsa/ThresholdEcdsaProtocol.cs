using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>Opens a participant's part of a signing session (protocols.md, section 4; SPEC.md beside this file).</summary>
public static class ThresholdEcdsaProtocol
{
    /// <summary>The name in session headers.</summary>
    public const string Name = "threshold-ecdsa";

    /// <summary>The version in session headers.</summary>
    public const byte Version = 1;

    /// <summary>
    /// Opens this enclave's part: the first participant answers with its ciphertexts at once, the others wait for theirs. The enclave has checked before
    /// that the header's key and share version are those of the share, and every participant's certificate and session-key statement.
    /// </summary>
    /// <param name="share">This cluster's part of the key; it outlives the session.</param>
    /// <param name="header">The session.</param>
    /// <param name="place">This enclave's place among the participants, from 0.</param>
    /// <param name="approved">What may be signed, for the header's request or audit; null for a session that is prepared.</param>
    /// <param name="noise">The stock of noise of the share's P.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <returns>The first step, or a refusal before any secret is at stake: the coordinator brought together what does not belong together.</returns>
    public static Outcome<SessionStep> Open(
        ThresholdShare share, SessionHeader header, int place, ApprovedMessage? approved, PaillierNoisePool noise, RandomNumberGenerator random)
    {
        if (!SigningSession.Of(share, header, place, noise).Is(out var session, out var refusal)) return refusal;
        if (approved?.Approval != header.Subject.Approval)
            return new Refusal(RefusalCode.RequestConflict, "the session is held for another request than the one that was approved");

        // Every participant has to agree, so every one works out what is signed, though only the last computes with it.
        SigningTask? task = null;
        if (approved is not null && !session.Accept(approved).Is(out task, out refusal)) return refusal;

        if (session.IsFirst) return FirstAwaitsPoint.Open(session, random);
        ISessionParty party = session.IsLast ? new LastAwaitsCiphertexts(session, task) : new MiddleAwaitsCiphertexts(session);
        return new SessionStep.Continues(party, []);
    }
}
