using System.Text;
using VaultGrid.Crypto;

namespace VaultGrid.Model.Tests;

/// <summary>One request of every action, with fixed values, so that their bytes can be frozen.</summary>
internal static class RequestSamples
{
    public static readonly Hash256 Key = Hash256.Of("test", "key"u8);
    public static readonly Hash256 Policy = Hash256.Of("test", "policy"u8);
    public static readonly Hash256 Other = Hash256.Of("test", "other"u8);
    public static readonly RequestId Id = RequestId.Parse("00010203-0405-0607-0809-0a0b0c0d0e0f");
    public static readonly ClusterId Cluster = new(1);
    public static readonly DateTimeOffset Expires = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<string, Request> All { get; } = new Dictionary<string, Request>
    {
        ["sign-digest"] = Sign(new SigningSubject.Digest(Other)),
        ["sign-transaction"] = Sign(new SigningSubject.EthereumTransaction(Hex.Decode("0x02c0"))),
        ["create-key"] = new CreateKeyRequest
        {
            KeyId = KeyId.Parse("treasury"), Kind = KeyKind.Bip32, Node = 2, FirstPolicy = Other,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "the first key",
        },
        ["create-key-dealt"] = new DealKeyRequest
        {
            KeyId = KeyId.Parse("treasury"), Kind = KeyKind.ThresholdEcdsa, Manifest = Key, FirstPolicy = Other,
            Id = Id, Cluster = Cluster, Clusters = ClusterSet.Of(1, 2, 3), Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a key of three clusters",
        },
        ["sign-several-clusters"] = Sign(new SigningSubject.Digest(Other)) with { Clusters = ClusterSet.Of(1, 3) },
        ["change-policy"] = new ChangePolicyRequest
        {
            Key = Key, NextPolicy = Other, Replaces = Policy,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a third admin",
        },
        ["change-admins"] = new ChangeAdminsRequest
        {
            NextPolicy = Other, Replaces = Policy,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "",
        },
        ["change-membership-first"] = Membership(null),
        ["change-membership-next"] = Membership(Policy),
        ["retire-node"] = new RetireNodeRequest
        {
            Node = 3, Replaces = Key,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "decommissioned",
        },
        ["restore-node"] = new RestoreNodeRequest
        {
            Node = 3, Replaces = Key,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "restored from yesterday's disk",
        },
        ["alarm-clear"] = new ClearAlarmsRequest
        {
            Node = 3, Key = Key, Nodes = [NodeId.Parse("2/1"), NodeId.Parse("3/2")], Replaces = Other,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a bad cable was replaced",
        },
        ["sign-taproot"] = Sign(new SigningSubject.Message(SigningAlgorithm.Taproot, Hex.Decode("0x0102"), TaprootTweak.Scripts(Other))),
        ["sign-taproot-key"] = Sign(new SigningSubject.Message(SigningAlgorithm.Taproot, Hex.Decode("0x0102"), TaprootTweak.Key)),
        ["sign-schnorr"] = Sign(new SigningSubject.Message(SigningAlgorithm.Schnorr, Hex.Decode("0x"), null)),
        ["sign-bls"] = Sign(new SigningSubject.Message(SigningAlgorithm.Bls, Hex.Decode("0x0102"), null)) with { Clusters = ClusterSet.Of(1, 3) },
        ["create-key-generated"] = new GenerateKeyRequest
        {
            KeyId = KeyId.Parse("treasury"), Kind = KeyKind.FrostSecp256k1, Holders = Holders(1, "1/1", "1/2", "2/1", "2/2"), FirstPolicy = Other,
            Id = Id, Cluster = Cluster, Clusters = ClusterSet.Of(1, 2), Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a key that nobody has",
        },
        ["create-key-generated-one-cluster"] = new GenerateKeyRequest
        {
            KeyId = KeyId.Parse("treasury"), Kind = KeyKind.Dise, Holders = Holders(1, "1/1", "1/2", "1/10"), FirstPolicy = Other,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a key that nobody has",
        },
        ["refresh-key"] = new RefreshKeyRequest
        {
            Key = Key, Replaces = Other,
            Id = Id, Cluster = Cluster, Clusters = ClusterSet.Of(1, 2), Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "before the audit",
        },
        ["reshare-key"] = new ReshareKeyRequest
        {
            Key = Key, Holders = Holders(2, "1/1", "1/2", "1/3", "2/1", "2/2", "2/3", "3/1"), Replaces = Other,
            Id = Id, Cluster = Cluster, Clusters = ClusterSet.Of(1, 2, 3), Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "a third site",
        },
        ["repair-share"] = new RepairShareRequest
        {
            Key = Key, Node = NodeId.Parse("1/2"), Device = Policy, Replaces = Other,
            Id = Id, Cluster = Cluster, Clusters = ClusterSet.Of(1, 2), Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "its disk died",
        },
        ["restore-share"] = new RestoreShareRequest
        {
            Key = Key, Node = NodeId.Parse("1/2"), Backup = Policy, Replaces = Other,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "all disks died",
        },
        ["delete-key"] = new DeleteKeyRequest
        {
            Key = Key, Replaces = Other,
            Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "retired",
        },
        ["bootstrap-trust-first"] = Bootstrap(null),
        ["bootstrap-trust-end"] = Bootstrap(Key),
    };

    public static string Json(Request request) => Encoding.UTF8.GetString(RequestDocument.Of(request).Utf8.Span);

    private static HolderSet Holders(int faulty, params string[] nodes) => HolderSet.Of(nodes.Select(NodeId.Parse), faulty).Value;

    private static SignRequest Sign(SigningSubject subject) => new()
    {
        Key = Key, Path = DerivationPath.Parse("m/44'/60'/0'/0/5").Value, Subject = subject,
        Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 7, Expires = Expires, Purpose = "rent, \"Q1\"",
    };

    private static BootstrapTrustRequest Bootstrap(Hash256? replaces) => new()
    {
        Trust = Other, Replaces = replaces,
        Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "the operators' keys",
    };

    private static ChangeMembershipRequest Membership(Hash256? replaces) => new()
    {
        Membership = Other, Replaces = replaces,
        Id = Id, Cluster = Cluster, Policy = Policy, Revocations = 1, Expires = Expires, Purpose = "three nodes",
    };
}
