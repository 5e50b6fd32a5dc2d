namespace VaultGrid.Enclave;

/// <summary>What a key's policy in force permits a caller; deny by default.</summary>
internal static class KeyCalls
{
    /// <summary>Checks action, key and permission; <c>call.denied</c>.</summary>
    public static Outcome<Done> Permit(CallBody body, RoleCertificate caller, VaultKey key, string action) => body.Action == action
        ? KeyCallRules.Check(body, caller, key.Hash, key.Policies.Current)
        : new Refusal(RefusalCode.CallDenied, $"the call is no '{action}'");
}
