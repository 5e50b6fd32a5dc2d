namespace VaultGrid.Enclave;

/// <summary>
/// The formats of the sealed store: 1, the first; 2 knows wrap keys, alarms and threshold keys; 3 keeps what is newer in <see cref="StoreSections"/>; 4
/// is the same, with <see cref="StoreSteps"/> beside it. A store is
/// written in the oldest that can say what is in it: since the audit log is marked in it, format 3 from provisioning on.
/// </summary>
internal static class StoreFormat
{
    /// <summary>The newest that this program reads.</summary>
    public const uint Newest = 4;

    /// <summary>From which on both parts have sections.</summary>
    public const uint Sections = 3;

    /// <summary>From which on steps may be kept beside the file, which a program that doesn't know them must not read as all there is.</summary>
    public const uint Steps = 4;

    /// <summary>The oldest that can say what is in a state.</summary>
    public static uint For(VaultState state) => state.Keys.All.Any(key => key.Shared is not null) ? Steps : NeedsSections(state)
        ? 3u
        : state.WrapKeys.Length > 0 || !state.Alarms.IsEmpty || state.Keys.All.Any(key => key.Threshold is not null) ? 2u : 1u;

    // Every section that formats 1 and 2 don't know is named here.
    private static bool NeedsSections(VaultState state) => state.Audit != AuditMark.None || !state.Witnessed.IsEmpty || !state.Chains.IsEmpty;
}
