using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Cli.Hsm;

/// <summary>Fetches the holders' backups of their shares: each opens with a quorum of the administrators of the key's policy.</summary>
internal sealed class HsmBackupCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<string[]> _admins = new("--admin") { Description = "Certificate of an administrator of the key's policy; all of them, given once for each", HelpName = "FILE", Required = true };
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "The folder for the backups, one file for each share", HelpName = "DIR", Required = true };

    public HsmBackupCommand()
        : base("backup", "Fetch encrypted backups of a key's shares, which a quorum of its administrators opens", "vaultgrid hsm backup vault --admin admin-1.pem --admin admin-2.pem --out backups")
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme, _admins, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var key = await _key.ReadAsync(run);
        var policy = KeyPolicy.Parse(key.PolicyDocument.Span).OrEnd("the key's policy");
        var given = run.Get(_admins).Select(CertificateFile.Read).ToDictionary(certificate => certificate.Identity.Uri, StringComparer.Ordinal);
        var order = new BackupOrder([.. policy.Admins.Select(admin => given.TryGetValue(admin.Identity, out var certificate)
            ? certificate.Der
            : throw CommandEndedException.Usage($"the certificate of {admin.Identity} is missing", "give --admin for every administrator of the key's policy"))]);
        var backup = await run.Grid.SharedKeys.BackupAsync(key.Key, order, run.Cancellation).OrEnd();

        run.Get(_out).Create();
        var (files, written) = (new OutputFiles(), new JsonArray());
        foreach (var statement in backup.Backups)
        {
            var share = ShareBackup.Parse(statement.Statement.Span).OrEnd("a backup");
            var path = Path.Combine(run.Get(_out).ToString(), $"{key.KeyId}-v{key.Version}-share-{share.Share}.backup");
            var writer = new WireWriter();
            SignedStatement.Write(writer, new SignedStatement(statement.Statement, statement.Certificate, statement.Signature));
            files.Add(path, writer.Written);
            written.Add((JsonNode)new JsonObject { ["node"] = share.Node.ToString(), ["share"] = share.Share, ["hash"] = share.Hash().ToString(), ["file"] = path });
        }

        files.Write();
        var report = new Report(new JsonObject { ["backups"] = written }).Line($"wrote {written.Count} backups of version {key.Version} into {run.Get(_out)}; they count as long as that version is in force");
        return HsmText.Blamed(report, backup.Blamed);
    }
}
