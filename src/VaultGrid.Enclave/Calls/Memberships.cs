namespace VaultGrid.Enclave;

/// <summary>How membership records follow each other.</summary>
internal static class Memberships
{
    /// <summary>Reads the next record and checks that it is the one that the request names and follows the one in force.</summary>
    public static Outcome<MembershipRecord> Next(VaultState state, ChangeMembershipRequest request, ReadOnlySpan<byte> document)
    {
        Hash256? inForce = state.Membership is null ? null : state.MembershipHash;
        if (request.Replaces != inForce) return new Refusal(RefusalCode.StateConflict, $"the request replaces another membership than number {state.Membership?.Number ?? 0}");
        if (!Documents.Check(Documents.MembershipHash(document), request.Membership, "membership record").Is(out _, out var refusal)) return refusal;
        if (!MembershipRecord.Parse(document).Is(out var next, out refusal)) return refusal;
        if (next.Cluster != state.Node.Cluster)
            return new Refusal(RefusalCode.RequestCluster, $"the membership record is of cluster {next.Cluster}, this enclave of {state.Node.Cluster}");
        return next.Predecessor == inForce && next.Number == (state.Membership?.Number ?? 0) + 1
            ? next
            : new Refusal(RefusalCode.StateConflict, $"membership record {next.Number} does not follow number {state.Membership?.Number ?? 0}");
    }

    /// <summary>The state under the next record: a certified node that it names becomes a member.</summary>
    public static VaultState Take(VaultState state, MembershipRecord membership, ApprovedRecord record)
    {
        var next = state with { Membership = membership, MembershipHash = membership.Hash(), Memberships = state.Memberships.Add(record) };
        return next.StoredPhase == EnclavePhase.Certified && next.IsMember ? next with { StoredPhase = EnclavePhase.Member } : next;
    }
}
