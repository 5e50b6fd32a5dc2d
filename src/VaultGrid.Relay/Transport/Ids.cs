namespace VaultGrid.Relay;

/// <summary>The ids that stand in paths, each in its one spelling.</summary>
internal static class Ids
{
    public static Outcome<ClusterId> Cluster(string text) => ClusterId.TryParse(text, out var id) ? id : Malformed("a cluster is a number from 1");

    public static Outcome<NodeId> Node(string cluster, string node) =>
        NodeId.TryParse($"{cluster}/{node}", out var id) ? id : Malformed("a node is a number from 1 within its cluster");

    public static Outcome<KeyId> Key(string text) =>
        KeyId.TryParse(text, out var id) ? id : Malformed("a key id is 1 to 64 of a-z, 0-9 and '-', starting with a letter");

    public static Outcome<(ClusterId Cluster, KeyId Key)> Key(string cluster, string key) =>
        Cluster(cluster).Then(inCluster => Key(key).Then<(ClusterId, KeyId)>(id => (inCluster, id)));

    public static Outcome<RequestId> Request(string text) => RequestId.TryParse(text, out var id) ? id : Malformed("a request id is a lower-case UUID");

    public static Outcome<Hash256> Hash(string text) => Hash256.TryParse(text, out var id) ? id : Malformed("a hash is 0x and 64 lower-case hex digits");

    public static Outcome<Hash256> Session(string text) =>
        Hash256.TryParse(text, out var id) ? id : Malformed("a session's id is 0x and 64 lower-case hex digits");

    public static Outcome<Hash256> Trust(string text) => Hash256.TryParse(text, out var hash) ? hash : Malformed("a Trust's hash is 0x and 64 lower-case hex digits");

    public static Outcome<TrustId> Chain(string text) => TrustId.TryParse(text, out var id) ? id : Malformed("a chain's id is a lower-case UUID");

    public static Outcome<DomainId> Domain(string text) => DomainId.TryParse(text, out var id) ? id : Malformed("a Domain's id is a lower-case UUID");

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"the path of this resource is wrong: {why}");
}
