using System.Collections.Frozen;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>The table of all actions that administrators can approve.</summary>
public static class RequestActions
{
    private static readonly FrozenDictionary<string, Func<DocumentReader, Request>> Readers =
        new Dictionary<string, Func<DocumentReader, Request>>(StringComparer.Ordinal)
        {
            [SignRequest.Name] = reader => new SignRequest(reader),
            [CreateKeyRequest.Name] = reader => reader.Has("manifest")
                ? new DealKeyRequest(reader)
                : reader.Has("nodes") ? new GenerateKeyRequest(reader) : new CreateKeyRequest(reader),
            [ChangePolicyRequest.Name] = reader => new ChangePolicyRequest(reader),
            [ChangeAdminsRequest.Name] = reader => new ChangeAdminsRequest(reader),
            [ChangeMembershipRequest.Name] = reader => new ChangeMembershipRequest(reader),
            [RetireNodeRequest.Name] = reader => new RetireNodeRequest(reader),
            [RestoreNodeRequest.Name] = reader => new RestoreNodeRequest(reader),
            [RefreshKeyRequest.Name] = reader => new RefreshKeyRequest(reader),
            [ReshareKeyRequest.Name] = reader => new ReshareKeyRequest(reader),
            [RepairShareRequest.Name] = reader => new RepairShareRequest(reader),
            [RestoreShareRequest.Name] = reader => new RestoreShareRequest(reader),
            [DeleteKeyRequest.Name] = reader => new DeleteKeyRequest(reader),
            [ClearAlarmsRequest.Name] = reader => new ClearAlarmsRequest(reader),
            [BootstrapTrustRequest.Name] = reader => new BootstrapTrustRequest(reader),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all actions.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    internal static Request? Read(string action, DocumentReader reader) =>
        Readers.TryGetValue(action, out var read) ? read(reader) : null;
}
