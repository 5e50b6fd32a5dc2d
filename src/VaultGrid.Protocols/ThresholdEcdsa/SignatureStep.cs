using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>getSig of c_t.</summary>
internal static class SignatureStep
{
    private static readonly PrimeGroup Group = PrimeGroup.Secp256k1;

    public static SessionStep Take(
        SigningSession session, SigningTask task, LastSecrets secrets, GroupElement sentPoint, GroupElement point, Hash256 answers, SessionInput input)
    {
        // "refuses unless a·R = R_t": R is then made of every participant's nonce
        if (!point.Multiply(secrets.A).Equals(sentPoint)) return new SessionStep.Aborts(session.Accuse(EcdsaCheck.NoncePoint));

        using var x = session.KeyFactor();
        using var delta = DrawDelta(session, task, x, point, input.Random);

        // R' = δR, r = R'.x mod q, m' = m + r·τ
        var randomised = point.Multiply(delta);
        var nonce = new PublicKey(randomised.Point).ToUncompressed();
        var r = Group.Reduce(nonce.AsSpan(1, PrimeGroup.ScalarLength));
        var message = task.Message + (r * task.Child.Tweak);

        // Both c_t's own nonce, and that of the signature.
        input.Witness?.Spent(session.Header, session.Place, sentPoint.Bytes, task.Approval);
        input.Witness?.Spent(session.Header, session.Place, randomised.Bytes, task.Approval);

        // s = δ^-1·z_t·(m'·a + r·x_t·b) mod q
        using var inverse = delta.Invert();
        using var factor = inverse.Multiply(secrets.Z);
        using var messagePart = secrets.A.Multiply(message);
        using var key = secrets.B.Multiply(x);
        using var keyPart = key.Multiply(r);
        using var sum = messagePart.Add(keyPart);
        using var product = factor.Multiply(sum);
        var s = product.Reveal();

        // SEC 1, 4.1.6: bit 0 is the parity of R'.y; bit 1 says that R'.x was reduced.
        var reduced = !PublicBytes.Equal(r.Bytes, nonce.AsSpan(1, PrimeGroup.ScalarLength));
        var recoveryId = (nonce[^1] & 1) | (reduced ? 2 : 0);
        return Verified(task, r, s, recoveryId) is { } signature
            ? new SessionStep.Ends([session.Message(EcdsaRound.Signature, RoundMessage.Coordinator, answers, EcdsaResult.Body(signature))])
            : new SessionStep.Aborts(new SessionFault.Enclave());
    }

    // r, s ≠ 0, low s, and valid under X' with this recovery id; FromCompact refuses zero.
    private static EcdsaSignature? Verified(SigningTask task, PublicScalar r, PublicScalar s, int recoveryId)
    {
        if (!EcdsaSignature.FromCompact([.. r.Bytes, .. s.Bytes], recoveryId).Is(out var signature, out _)) return null;
        signature = signature.ToLowS();
        return task.Child.PublicKey.Verify(task.Digest.AsSpan(), signature)
            && signature.Recover(task.Digest.AsSpan()).Is(out var signer, out _) && signer.Equals(task.Child.PublicKey)
            ? signature
            : null;
    }

    // "HKDF(32 fresh bytes ‖ x_t ‖ header ‖ request hash ‖ X' ‖ R)"
    private static SecretScalar DrawDelta(SigningSession session, SigningTask task, SecretScalar x, GroupElement point, RandomNumberGenerator random) =>
        HedgedScalars.Draw(
            "threshold-ecdsa-delta", x,
            [.. session.Header.Bytes, .. task.Approval.AsSpan(), .. task.Child.PublicKey.Compressed, .. point.Bytes], random);
}
