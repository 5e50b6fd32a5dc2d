using VaultGrid.Protocols;
using VaultGrid.Protocols.Sessions;

namespace VaultGrid.Enclave;

/// <summary>Which shares the participants of a session hold, and this enclave's own.</summary>
internal static class Shareholders
{
    /// <summary>The index of each participant's share; <c>session.mismatch</c> for who holds none.</summary>
    public static Outcome<PartyIndex[]> Of(SharedPart part, SessionHeader header)
    {
        var indices = new PartyIndex[header.Participants.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            var participant = header.Participants[i];
            var share = 0;
            while (share < part.Holders.Length && (part.Holders[share].Node.Cluster.Number != participant.Cluster || part.Holders[share].Node.Index != participant.Node)) share++;
            if (share == part.Holders.Length) return new Refusal(RefusalCode.SessionMismatch, $"{participant} holds no share of this version of the key");
            indices[i] = new PartyIndex(share + 1);
        }

        return indices;
    }

    /// <summary>A lease of this enclave's share; <c>state.conflict</c> where it is not here.</summary>
    public static Outcome<Done> Take(VaultKey key, out Leased<OpenSharedShare>.Lease lease)
    {
        lease = default;
        return key.Shared?.Secret is { } secret && secret.TryTake(out lease)
            ? default(Done)
            : new Refusal(RefusalCode.StateConflict, $"this enclave has no share of the version of '{key.Birth.KeyId}' that is in force");
    }
}
