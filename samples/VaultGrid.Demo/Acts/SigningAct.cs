using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Demo;

/// <summary>What was approved is signed, and verified here.</summary>
internal static class SigningAct
{
    public static async Task PlayAsync(Stage stage)
    {
        var narrator = stage.Narrator;
        narrator.Act("What two administrators approve is signed: an Ethereum transaction");
        foreach (var line in TransactionSummary.Of(stage.Transaction).Lines) narrator.Say(line.ToString());
        var payment = await stage.SignAsync(1, Stage.Treasury, "ethereum", new SigningSubject.EthereumTransaction(stage.Transaction.EncodeUnsigned()), "sample transaction");
        narrator.Done($"node {payment.Node} decoded, hashed and signed it for {payment.Address}");

        narrator.Act("A raw digest, where the key's policy allows it, and audit signatures, which need no approval and can be nothing else");
        var digest = await stage.SignAsync(2, Stage.Notary, "digest", new SigningSubject.Digest(Hash256.Sha256("VaultGrid demo"u8)), "sample digest");
        narrator.Done($"node {digest.Node} signed the digest {digest.Digest}");
        for (var node = 1u; node <= 3; node++) await AuditAsync(stage, 3, node);
        narrator.Done("nodes 3/1, 3/2 and 3/3 each signed under the same key: all three hold it");
    }

    public static async Task<SignatureStatus> AuditAsync(Stage stage, uint cluster, uint node)
    {
        var message = "demo-001"u8.ToArray();
        var signature = Stage.Must(await stage.Grid.Client.AuditSignAsync(Stage.Cluster(cluster), Stage.Treasury, node, message, stage.Cancellation), "an audit signature");
        Signatures.Verify(signature, null);
        if (signature.Node != new NodeId(Stage.Cluster(cluster), node)) throw new DemonstrationFailedException($"node {signature.Node} answered for node {cluster}/{node}");
        stage.Record.Sign(signature, "audit", await stage.AccountAsync(cluster, Stage.Treasury, DerivationPath.Master), null, []);
        return signature;
    }
}
