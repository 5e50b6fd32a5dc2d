using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Cli.Files;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Hsm;

/// <summary>An administrator's part of restoring a share: opens their piece on their own machine and seals it to the enclave that restores, for an hour or two.</summary>
internal sealed class HsmOpenCommand : LeafCommand
{
    private readonly Argument<string> _backup = new("BACKUP") { Description = "The backup's file" };
    private readonly Option<string> _certificate = new("--admin-cert") { Description = "Your administrator's certificate", HelpName = "FILE", Required = true };
    private readonly Option<string> _key = new("--admin-key") { Description = "Its private key", HelpName = "FILE", Required = true };
    private readonly Option<string?> _passphrase = new("--admin-passphrase-file") { Description = "File with that key's passphrase (else asked for)", HelpName = "FILE" };
    private readonly Option<string> _out = new("--out") { Description = "Where the opened piece goes, sealed to the node's enclave", HelpName = "FILE", Required = true };

    public HsmOpenCommand()
        : base("open", "Open your piece of a backup for the enclave that restores its share", "vaultgrid hsm open vault-v2-share-3.backup --admin-cert admin-1.pem --admin-key admin-1.key --out 1.piece")
    {
        Arguments.Add(_backup);
        foreach (var option in new Option[] { _certificate, _key, _passphrase, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        _ = OutputFiles.Check(run.Get(_out));
        var (_, backup) = BackupFile.Read(run.Get(_backup));
        var certificate = CertificateFile.Read(run.Get(_certificate));
        var place = backup.Pieces.ToList().FindIndex(piece => piece.Admin == new Hash256(certificate.Key.SpkiHash.Span));
        if (place < 0) throw CommandEndedException.Refused(new Refusal(RefusalCode.ApprovalStranger, $"{run.Get(_backup)} has no piece for {certificate.Identity}"));

        var session = await SessionKeyAsync(run, backup.Node);
        using var passphrase = run.Passphrase(_passphrase, run.Get(_key));
        using var key = SigningKeyFile.Read(run.Get(_key), passphrase).OrEnd(run.Get(_key));
        var header = ShareBackup.Header(backup.Certified.Version, backup.Node, backup.Share);
        using var opened = key.Open(backup.Pieces[place].Sealed.Span, header).OrEnd("the piece");
        var recipient = P256PublicKey.Parse(session.PublicKey.Span).OrEnd("the session key");
        var piece = new OpenedPiece((byte)(place + 1), Hash256.Sha256(session.PublicKey.Span), SealedBox.Seal(recipient, header, header, opened));
        new OutputFiles().Add(run.Get(_out), BackupFile.Piece(backup.Hash(), piece)).Write();
        return new Report(new JsonObject { ["backup"] = backup.Hash().ToString(), ["piece"] = place + 1, ["file"] = run.Get(_out) })
            .Line($"wrote {run.Get(_out)}: piece {place + 1} of {backup.Pieces.Count}, of which {backup.Quorum} are needed; only the enclave of node {backup.Node} opens it");
    }

    // The piece is for the enclave alone: its session key counts by its D key, under the user's own copy of the root.
    private static async Task<SessionKeyStatement> SessionKeyAsync(Invocation run, NodeId node)
    {
        var said = await run.Trusts.GetSessionKeyAsync(node, run.Cancellation).OrEnd();
        var device = RoleCertificate.Parse(said.Certificate.Span).Then(parsed => run.Authorities.Verify(parsed, CertificateRole.Device, run.Now)).OrEnd("the node's certificate");
        var statement = SessionKeyStatement.Parse(said.Statement.Span, said.Signature).OrEnd("the node's session key");
        return device.Identity.Node == node && statement.Node == node && device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span)
            ? statement
            : throw CommandEndedException.Refused(new Refusal(RefusalCode.SessionMismatch, $"the session key is not node {node}'s"));
    }
}
