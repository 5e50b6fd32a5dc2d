using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>"go" of a prepared session: header ‖ request hash, signed by its sender like every message; c_1 adds R_1.</summary>
internal static class GoMessage
{
    /// <summary>Takes the step that a verified request starts: no messages, only the approval.</summary>
    public static SessionFault? Accept(SigningSession session, SessionInput input, out SigningTask task)
    {
        task = null!;
        if (input.Round != EcdsaRound.Go || input.Messages.Count != 0 || input.Approved is not { } approved)
            return SigningSession.Refused("a prepared session waits for an approved request and nothing else");
        return session.Accept(approved).Is(out task!, out var refusal) ? null : new SessionFault.Refused(refusal);
    }

    public static RoundMessage Of(SigningSession session, SigningTask task, GroupElement? point) => session.Message(
        EcdsaRound.Go, session.Last, session.Header.Hash, point is null ? task.Approval.AsSpan() : [.. task.Approval.AsSpan(), .. point.Bytes]);

    /// <summary>Reads what c_t was sent: exactly one go of every other participant, all for its own request; then R_1.</summary>
    public static SessionFault? Read(SigningSession session, IReadOnlyList<RoundMessage> messages, SigningTask task, out GroupElement point)
    {
        point = null!;
        if (messages.Count != session.Last) return SigningSession.Refused("every other participant has to say go");
        foreach (var (message, place) in messages.OrderBy(m => m.Sender).Select((message, place) => (message, place)))
        {
            if (session.Check(message, EcdsaRound.Go, place, session.Header.Hash) is { } misplaced) return misplaced;
            var length = Hash256.Length + (place == 0 ? PrimeGroup.Secp256k1.ElementLength : 0);
            if (message.Body.Length != length) return new SessionFault.Malformed(message.From, message.Round);
            if (place == 0 && SigningSession.ReadPoint(message, message.Body[Hash256.Length..], out point) is { } malformed) return malformed;

            // Whoever brought two requests to one session is the coordinator, which signs nothing.
            if (new Hash256(message.Body[..Hash256.Length]) != task.Approval) return SigningSession.Refused("the participants were asked for different requests");
        }
        return null;
    }
}
