using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;
using VaultGrid.Client;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request that a holder's fresh device takes the place of the one that was lost with its share.</summary>
internal sealed class HsmReplaceCommand : SharedKeyRequestCommand
{
    private readonly Option<NodeId> _node;
    private readonly Option<string?> _certificate;
    private readonly Option<string?> _backup;

    public HsmReplaceCommand(string path)
        : this(
            path,
            new Option<NodeId>("--node") { Description = "The holder whose device was lost, as cluster/node", HelpName = "NODE", Required = true, CustomParser = Inputs.Node },
            new Option<string?>("--certificate") { Description = "The node's new certificate (else the grid tells its D key; compare it before you approve)", HelpName = "FILE" },
            new Option<string?>("--backup") { Description = "A backup of the version in force, where too few holders are left to tell of it", HelpName = "FILE" })
    {
    }

    private HsmReplaceCommand(string path, Option<NodeId> node, Option<string?> certificate, Option<string?> backup)
        : base(
            path.Split(' ')[^1],
            "Write the request that a holder's fresh device gets the share of the lost one, which f + 1 others repair",
            $"{path} vault --node 1/3 --certificate node-1-3.pem --purpose 'the disk of 1/3 was lost' --out replace.json",
            node, certificate, backup) =>
        (_node, _certificate, _backup) = (node, certificate, backup);

    protected override async Task<Request> MakeAsync(Invocation run, SharedKeyStatus key, RequestTerms terms, Hash256 admins)
    {
        var node = run.Get(_node);
        var lost = (await VersionAsync(run, key)).Holders.FirstOrDefault(holder => holder.Node == node)
            ?? throw CommandEndedException.Refused(new Refusal(RefusalCode.NodeForeign, $"node {node} holds no share of '{key.KeyId}'"));
        var device = await DeviceAsync(run, node);
        if (device == lost.Device)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.StateConflict, $"node {node} has the D key that it was given its share with: 'vaultgrid hsm repair' brings the share back"));
        var (cluster, clusters) = HolderOptions.Scope(ClustersOf(key));
        return new RepairShareRequest
        {
            Id = terms.Id, Cluster = cluster, Clusters = clusters, Policy = admins, Revocations = terms.Revocations, Expires = terms.Expires, Purpose = terms.Purpose,
            Key = key.Key, Node = node, Device = device, Replaces = lost.Device,
        };
    }

    private async Task<KeyVersion> VersionAsync(Invocation run, SharedKeyStatus key)
    {
        if (run.Get(_backup) is not { } path) return (await run.SharedKeys.VerifyAsync(key.Key, run.Cancellation).OrEnd()).Certified.Version;
        var version = BackupFile.Read(path).Backup.Certified.Version;
        return version.Hash() == key.VersionHash
            ? version
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.StateConflict, $"{path} is not a backup of the version in force of '{key.KeyId}'"));
    }

    private async Task<Hash256> DeviceAsync(Invocation run, NodeId node)
    {
        if (run.Get(_certificate) is { } path)
        {
            var certificate = CertificateFile.Read(path);
            return certificate.Identity.Node == node
                ? new Hash256(certificate.Key.SpkiHash.Span)
                : throw CommandEndedException.Usage($"{path} is the certificate of {certificate.Identity}, not of node {node}");
        }

        var status = await run.Grid.GetNodeAsync(node, run.Cancellation).OrEnd();
        return status.DeviceKey ?? throw CommandEndedException.Refused(new Refusal(RefusalCode.PhaseRefused, $"node {node} is {status.Phase}: it has no D key"));
    }
}
