namespace VaultGrid.Grains.Nodes;

/// <summary>Compares messages by what they say: records compare byte strings and arrays by reference.</summary>
internal static class Sameness
{
    public static bool SaysTheSame(this NodeReport one, NodeReport other) =>
        one with { LastSeen = null, Certificate = default, RevocationLists = default, Keys = default, Alarms = default }
            == other with { LastSeen = null, Certificate = default, RevocationLists = default, Keys = default, Alarms = default }
        && PublicBytes.Equal(one.Certificate.Span, other.Certificate.Span)
        && one.RevocationLists.SequenceEqual(other.RevocationLists)
        && one.Keys.SequenceEqual(other.Keys);

    public static bool SaysTheSame(this ProvisionNode one, ProvisionNode other) =>
        one.DeviceKey == other.DeviceKey
        && one.Adapter == other.Adapter
        && PublicBytes.Equal(one.Root.Span, other.Root.Span)
        && one.Admins.Length == other.Admins.Length
        && one.Admins.Zip(other.Admins).All(pair => PublicBytes.Equal(pair.First.Span, pair.Second.Span));
}
