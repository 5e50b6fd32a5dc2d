namespace VaultGrid.Enclave;

/// <summary>What all births of keys have in common.</summary>
internal static class Births
{
    /// <summary>The name is free and the enclave has room; <c>key.exists</c>, <c>input.too-large</c>.</summary>
    public static Outcome<Done> Room(KeyId keyId, VaultState state)
    {
        if (keyId == KeyId.Provisioning || state.Keys.Find(keyId) is not null) return new Refusal(RefusalCode.KeyExists, $"the name '{keyId}' is taken");
        return state.Keys.Count < EnclaveLimits.Keys
            ? default(Done)
            : new Refusal(RefusalCode.InputTooLarge, $"an enclave holds at most {EnclaveLimits.Keys} keys");
    }

    /// <summary>The chain that starts with the policy that came with the request: it must be the one that it names, for its key.</summary>
    public static Outcome<PolicyChain> FirstPolicy(ReadOnlySpan<byte> utf8, Hash256 named, KeyId keyId)
    {
        if (!Documents.Check(Documents.PolicyHash(utf8), named, "policy").Is(out _, out var refusal)) return refusal;
        if (!KeyPolicy.Parse(utf8).Then(PolicyChain.Start).Is(out var policies, out refusal)) return refusal;
        return policies.Current.KeyId == keyId
            ? policies
            : new Refusal(RefusalCode.PolicyMalformed, $"the first policy is for '{policies.Current.KeyId}', the request for '{keyId}'");
    }
}
