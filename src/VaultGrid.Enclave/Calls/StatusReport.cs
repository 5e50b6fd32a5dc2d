namespace VaultGrid.Enclave;

/// <summary>Tells a snapshot as a status.</summary>
internal static class StatusReport
{
    /// <summary>Writes the status of a state.</summary>
    public static EnclaveStatus Of(VaultState state, string adapter, string software, DateTimeOffset now, int sessions) => new()
    {
        SoftwareVersion = software,
        Adapter = adapter,
        Phase = state.Phase,
        Node = state.Identity?.Node,
        Certificate = state.Certificate?.Der ?? default,
        DeviceKey = state.Identity?.KeyHash ?? default,
        StoreVersion = state.Version,
        VersionedPart = state.VersionedPart,
        Admins = state.Admins?.CurrentHash ?? default,
        AdminsNumber = state.Admins?.Current.Number ?? 0,
        Membership = state.MembershipHash,
        MembershipNumber = state.Membership?.Number ?? 0,
        RevocationLists = [.. Lists(state)],
        Time = now,
        Keys = [.. state.Keys.All.Select(key => key.Held)],
        AlarmsHash = state.Alarms.Hash,
        Alarms = state.Alarms.Told,
        Sessions = (uint)sessions,
    };

    private static IEnumerable<KnownRevocationList> Lists(VaultState state)
    {
        if (state.Authorities is not { } authorities) yield break;
        foreach (var authority in authorities.Authorities.Take(EnclaveLimits.Authorities))
        {
            var name = authority.Cluster is { } cluster ? $"{authority.Role.Name()}/{cluster}" : authority.Role.Name();
            if (authorities.ListOf(authority) is { } list) yield return new KnownRevocationList(name, list.Number, list.NextUpdate);
        }
    }
}
