using System.Security.Cryptography;
using VaultGrid.Model.Tests.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>Backups of shares: a quorum of administrators opens one, on an approved request, for the version in force.</summary>
public sealed class ShareBackupTests
{
    [Fact]
    public async Task A_share_comes_back_from_its_backup_with_two_administrators_and_not_with_one()
    {
        await using var grid = await SharedGrid.StartAsync();
        var first = await grid.Generate(KeyKind.Ed25519).RunAsync();
        ReadOnlyMemory<byte>[] admins = [.. grid.Grid.Admins.Select(admin => new ReadOnlyMemory<byte>(admin.Der))];
        await grid["2/2"].RefusesAsync(RefusalCode.ApprovalStranger, new BackupShareCall(first.Key, [admins[0], admins[1]]));
        await grid["2/2"].RefusesAsync(RefusalCode.ApprovalStranger, new BackupShareCall(first.Key, [admins[1], admins[0], admins[2]]));
        var said = await grid["2/2"].AskAsync(new BackupShareCall(first.Key, admins));
        var backup = ShareBackup.Parse(said.Statement.Span).Value;
        Assert.Equal((2, 3), (backup.Quorum, backup.Pieces.Count));

        // Its disk is lost; the administrators take the fresh device for the holder.
        var old = grid.Holder("2/2");
        await grid.Enclaves.ReplaceAsync("2/2");
        var fresh = await grid.LearnDeviceAsync("2/2");
        await grid["2/2"].AskAsync(new LearnVersionCall(first.Certified, await grid["2/1"].AskAsync(new DescribeKeyCall(first.Key)), default, []));
        var repair = grid.Grid.Approved(grid.Ask([new ClusterId(1), new ClusterId(2)], (id, cluster, several) => new RepairShareRequest
        {
            Key = first.Key, Node = NodeId.Parse("2/2"), Device = fresh.Device, Replaces = old.Device, Id = id, Cluster = cluster, Clusters = several,
            Policy = grid.Grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "its disk died",
        }));
        await grid["2/2"].AskAsync(repair);

        var session = SessionKeyStatement.Parse((await grid["2/2"].AskAsync(new SessionKeyCall())).Statement.Span, default).Value;
        OpenedPiece[] pieces = [.. new[] { 0, 2 }.Select(admin => Open(backup, grid.Grid.Admins[admin], admin, session))];
        await grid["2/2"].RefusesAsync(RefusalCode.ApprovalQuorum, Restore(grid, first, backup, said, [pieces[0]]));
        await grid["2/2"].RefusesAsync(RefusalCode.InputMalformed, Restore(grid, first, backup, said, [pieces[0], pieces[0]]));
        await grid["2/2"].RefusesAsync(RefusalCode.InputMalformed, Restore(grid, first, backup, said, [pieces[0], pieces[1] with { Number = 2 }]));
        Assert.IsType<Performed.Recorded>(await grid["2/2"].AskAsync(Restore(grid, first, backup, said, pieces)));
        Assert.Equal(ShareState.Held, (await grid.ShareAsync("2/2", first.Key)).State);
        await grid["2/2"].RefusesAsync(RefusalCode.StateConflict, Restore(grid, first, backup, said, pieces));
    }

    private static OpenedPiece Open(ShareBackup backup, ForgedCertificate admin, int place, SessionKeyStatement session)
    {
        var header = ShareBackup.Header(backup.Certified.Version, backup.Node, backup.Share);
        using var key = P256AgreementKey.Import(SecretBytes.Take(((ECDsa)admin.Key).ExportParameters(true).D!)).Value;
        using var piece = SealedBox.Open(key, header, header, backup.Pieces[place].Sealed.Span).Value;
        var to = P256PublicKey.Parse(session.PublicKey.Span).Value;
        return new OpenedPiece((byte)(place + 1), Hash256.Sha256(session.PublicKey.Span), SealedBox.Seal(to, header, header, piece));
    }

    private static PerformCall Restore(SharedGrid grid, TestCeremony first, ShareBackup backup, SignedStatement said, IReadOnlyList<OpenedPiece> pieces) => grid.Grid.Approved(
        new RestoreShareRequest
        {
            Key = first.Key, Node = NodeId.Parse("2/2"), Backup = backup.Hash(), Replaces = first.Certified.Version.Hash(), Id = grid.Grid.NextId(), Cluster = new ClusterId(2),
            Policy = grid.Grid.AdminPolicy.Hash(), Revocations = 1, Expires = grid.Grid.In(TimeSpan.FromHours(1)), Purpose = "all shares were lost",
        },
        new RestoreDocument(said, pieces).ToBytes());
}
