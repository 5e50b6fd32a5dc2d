using System.Collections.Frozen;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>The table of all actions that administrators can approve.</summary>
public static class RequestActions
{
    private static readonly FrozenDictionary<string, Func<DocumentReader, Request>> Readers =
        new Dictionary<string, Func<DocumentReader, Request>>(StringComparer.Ordinal)
        {
            [SignRequest.Name] = SignRequest.Read,
            [CreateKeyRequest.Name] = CreateKeyRequest.Read,
            [ChangePolicyRequest.Name] = ChangePolicyRequest.Read,
            [ChangeAdminsRequest.Name] = ChangeAdminsRequest.Read,
            [ChangeMembershipRequest.Name] = ChangeMembershipRequest.Read,
            [RetireNodeRequest.Name] = RetireNodeRequest.Read,
            [RestoreNodeRequest.Name] = RestoreNodeRequest.Read,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of all actions.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    internal static Request? Read(string action, DocumentReader reader) =>
        Readers.TryGetValue(action, out var read) ? read(reader) : null;
}
