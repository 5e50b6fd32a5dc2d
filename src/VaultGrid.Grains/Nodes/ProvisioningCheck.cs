using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Nodes;

/// <summary>Refuses early what no enclave would take: a root that is none, policies that are no chain.</summary>
internal static class ProvisioningCheck
{
    public static Outcome<DeviceKeyAlgorithm> Check(ProvisionNode command)
    {
        DeviceKeyAlgorithm? algorithm = command.DeviceKey switch
        {
            "p256" => DeviceKeyAlgorithm.P256,
            "rsa3072" => DeviceKeyAlgorithm.Rsa3072,
            _ => null,
        };
        if (algorithm is not { } chosen)
            return new Refusal(RefusalCode.InputUnsupported, $"'{command.DeviceKey}' is no device key: p256 and rsa3072 are");
        if (command.Adapter is { } adapter && !ProvisionCall.Adapters.Contains(adapter))
            return new Refusal(RefusalCode.InputUnsupported, $"'{adapter}' is no adapter: {string.Join(", ", ProvisionCall.Adapters)} are");
        if (TrustedAuthorities.Pin(command.Root.Span).Refusal is { } untrusted) return untrusted;
        if (command.Admins.IsDefaultOrEmpty)
            return new Refusal(RefusalCode.PolicyMalformed, "a node is provisioned with the administrators' policies, at least one");

        KeyPolicy? before = null;
        foreach (var document in command.Admins)
        {
            if (!KeyPolicy.Parse(document.Span).Is(out var policy, out var refusal)) return refusal;
            if (policy.KeyId != KeyId.Provisioning)
                return new Refusal(RefusalCode.PolicyMalformed, $"the policy of '{policy.KeyId}' is not the administrators'");
            if (before is not null && policy.CheckFollows(before).Refusal is { } broken) return broken;
            before = policy;
        }

        return chosen;
    }
}
