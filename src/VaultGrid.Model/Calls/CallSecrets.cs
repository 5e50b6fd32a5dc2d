using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>
/// What secrets in calls and answers are bound to: a <see cref="SealedBox"/> with one of these contexts as its transcript, and no other associated data,
/// opens in this call alone. Silos and relays see boxes only.
/// </summary>
public static class CallSecrets
{
    /// <summary>
    /// A secret in a call, sealed to the session key of the enclave that is asked: <c>S("call-secret", text action ‖ target ‖ SHA-256(caller's
    /// SubjectPublicKeyInfo) ‖ nonce)</c>. So nobody else can use the box in a call of their own.
    /// </summary>
    /// <param name="action">The call's action.</param>
    /// <param name="target">Its target.</param>
    /// <param name="caller">The key that signs the call.</param>
    /// <param name="nonce">The call's nonce, 16 bytes.</param>
    public static byte[] InCall(string action, CallTarget target, CertificateKey caller, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(caller);
        if (nonce.Length != CallBody.NonceLength) throw new ArgumentException($"A nonce has {CallBody.NonceLength} bytes.", nameof(nonce));
        var writer = new WireWriter().Text(action);
        CallTarget.Write(writer, target);
        return Tagged.Statement("call-secret", writer.Fixed(caller.SpkiHash.Span).Fixed(nonce).Written);
    }

    /// <summary>A secret in the answer, sealed to the call's answer key: <c>S("call-answer", H("call", body))</c>.</summary>
    /// <param name="body">The call's body, as it was signed.</param>
    public static byte[] InAnswer(ReadOnlySpan<byte> body) => Tagged.Statement("call-answer", Hash256.Of("call", body).AsSpan());
}
