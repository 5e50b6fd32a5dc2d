using System.Text;
using VaultGrid.Protocols.Dise;

namespace VaultGrid.Enclave;

/// <summary>Partial evaluations of DiSE keys, for the client that asks and nobody else. Both uses are the same computation and both are logged.</summary>
internal sealed class DiseUse(Standing standing, CallGate calls)
{
    /// <summary>What the audit log calls an evaluation for encryption.</summary>
    public const string EncryptAction = "key.encrypt";

    /// <summary>What the audit log calls an evaluation for decryption.</summary>
    public const string DecryptAction = "key.decrypt";

    /// <summary>Evaluates. In order: key, input, the call itself with its permission, the identity for encryption, the share.</summary>
    public Outcome<(EvaluateAnswer Answer, AuditNote Note)> Evaluate(EvaluateCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!CallBody.Parse(call.Call.Body.Span).Is(out var body, out refusal)) return refusal;
        if (body.Target is not CallTarget.Key target || body.Action is not (KeyCallRules.Encrypt or KeyCallRules.Decrypt))
            return new Refusal(RefusalCode.CallDenied, "the call is no evaluation with a key");
        if (!state.Keys.Find(target.Birth).Is(out var key, out refusal)) return refusal;
        if (key.Birth.Kind != KeyKind.Dise || key.Shared is not { } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is no DiSE key");
        if (!DiseInput.Parse(call.Input.Span).Is(out var input, out refusal)) return refusal;
        if (!Shareholders.Take(key, out var lease).Is(out _, out refusal)) return refusal;
        using (lease)
        {
            if (!calls.Admit(call.Call, call.Input.Span, state, (asked, caller) => KeyCalls.Permit(asked, caller, key, body.Action)).Is(out var admitted, out refusal)) return refusal;

            // Whoever encrypts does so in its own name: j is the caller.
            var caller = admitted.Caller.Identity.Uri;
            if (body.Action == KeyCallRules.Encrypt && !PublicBytes.Equal(input.Identity.Span, Encoding.UTF8.GetBytes(caller)))
                return new Refusal(RefusalCode.CallDenied, $"{caller} encrypts under its own identity, not under another");
            using var evaluation = DiseEvaluation.Of(lease.Value.Share, input);
            using var secret = evaluation.ToSecret();
            var header = EvaluateAnswer.Header(call.Call.Body.Span, part.VersionHash, part.Share);
            var answer = new EvaluateAnswer(part.VersionHash, part.Share, SealedBox.Seal(admitted.AnswerKey, header, header, secret));
            var action = body.Action == KeyCallRules.Encrypt ? EncryptAction : DecryptAction;
            return (answer, new AuditNote(action) { Key = key.Hash, Request = Hash256.Sha256(call.Call.Body.Span), Subject = caller });
        }
    }
}
