using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>The actions of calls on keys, and who may make them: whom the policy in force permits it, nobody else.</summary>
public static class KeyCallRules
{
    /// <summary>The action of a call that evaluates for encryption (DiSE).</summary>
    public const string Encrypt = "key-encrypt";

    /// <summary>The action of a call that evaluates for decryption (DiSE).</summary>
    public const string Decrypt = "key-decrypt";

    /// <summary>Finds what a call's action needs; <c>call.denied</c> for an unknown action.</summary>
    public static Outcome<KeyOperations> Needed(string action) => action switch
    {
        SignParameters.Action => KeyOperations.Sign,
        Encrypt => KeyOperations.Encrypt,
        Decrypt => KeyOperations.Decrypt,
        _ => new Refusal(RefusalCode.CallDenied, "no call on a key has this action"),
    };

    /// <summary>Checks a caller against a key's policy in force; <c>call.denied</c>.</summary>
    public static Outcome<Done> Check(CallBody call, RoleCertificate caller, Hash256 key, KeyPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(policy);
        if (call.Target is not CallTarget.Key target || target.Birth != key) return new Refusal(RefusalCode.CallDenied, "the call is for something else than this key");
        return Needed(call.Action).Is(out var operation, out var refusal) ? policy.CheckPermission(caller, operation) : refusal;
    }
}
