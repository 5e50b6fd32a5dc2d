namespace VaultGrid.Enclave;

/// <summary>The administrators' policies that an enclave is given at provisioning: from the first on, each following the one before.</summary>
internal static class PinnedPolicies
{
    /// <summary>Reads them; <c>policy.malformed</c>, <c>state.conflict</c>.</summary>
    public static Outcome<PolicyChain> Read(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        PolicyChain? chain = null;
        foreach (var document in documents)
        {
            if (!KeyPolicy.Parse(document.Span).Is(out var policy, out var refusal)) return refusal;
            if (policy.KeyId != KeyId.Provisioning)
                return new Refusal(RefusalCode.PolicyMalformed, $"the administrators' policy has the key id '{KeyId.Provisioning}', not '{policy.KeyId}'");

            var next = chain is null ? PolicyChain.Start(policy) : chain.Add(policy, since: null);
            if (!next.Is(out chain, out refusal)) return refusal;
        }

        return chain is null ? new Refusal(RefusalCode.PolicyMalformed, "an enclave is provisioned with at least one policy of its administrators") : chain;
    }
}
