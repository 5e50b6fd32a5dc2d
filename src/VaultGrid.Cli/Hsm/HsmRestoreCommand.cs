using System.CommandLine;
using VaultGrid.Cli.Requests;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request to restore a share from its backup, with the administrators' opened pieces beside it.</summary>
internal sealed class HsmRestoreCommand : LeafCommand
{
    private readonly Argument<string> _backup = new("BACKUP") { Description = "The backup's file" };
    private readonly Option<string[]> _pieces = new("--piece") { Description = "An administrator's opened piece; as many as the quorum", HelpName = "FILE", Required = true };
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    public HsmRestoreCommand(string name)
        : base(
            name,
            "Write the request to restore a share from its backup, of the version in force",
            "vaultgrid hsm restore vault-v2-share-3.backup --piece 1.piece --piece 2.piece --purpose 'node 1/3 was replaced' --out restore.json")
    {
        Arguments.Add(_backup);
        foreach (var option in new Option[] { _pieces, _admins }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (statement, backup) = BackupFile.Read(run.Get(_backup));
        var pieces = run.Get(_pieces).Select(path => BackupFile.ReadPiece(path, backup.Hash())).OrderBy(piece => piece.Number).ToList();
        if (pieces.DistinctBy(piece => piece.Number).Count() < backup.Quorum) throw CommandEndedException.Usage($"the backup opens with {backup.Quorum} pieces; {pieces.Count} are given");
        var terms = await _request.ReadAsync(run);
        var (cluster, _) = HolderOptions.Scope([backup.Node.Cluster]);
        var request = new RestoreShareRequest
        {
            Id = terms.Id,
            Cluster = cluster,
            Policy = await AdminsInForce.HashAsync(run, _admins, cluster),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Key = backup.Certified.Version.Key,
            Node = backup.Node,
            Backup = backup.Hash(),
            Replaces = backup.Certified.Version.Hash(),
        };
        return _request.Write(run, request, new RestoreDocument(statement, pieces).ToBytes());
    }
}
