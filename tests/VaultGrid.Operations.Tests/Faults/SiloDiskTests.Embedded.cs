using VaultGrid.Operations.Tests.Deployment;

namespace VaultGrid.Operations.Tests.Faults;

/// <summary>The disk of a silo that keeps its state in files is full, and then has room again.</summary>
public sealed class SiloDiskTests
{
    private static readonly ClusterId Cluster = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_are_told_to_come_back_and_the_silo_goes_on_when_there_is_room()
    {
        await using var grid = LocalVaultGrid.Prepare(new LocalGridOptions { Nodes = 2 }, TimeProvider.System);

        // A small file system of its own: what fills it harms nobody else.
        var state = Path.Combine(grid.Directory, "silo", "state");
        Directory.CreateDirectory(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!Environment.IsPrivilegedProcess || (await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=0700", "tmpfs", state])).Code != 0)
            Assert.Skip("needs root and the right to mount a small tmpfs");
        try
        {
            await grid.StartAsync(Token);
            await grid.CertifyAsync(Token);
            await grid.FormClustersAsync(Token);
            await grid.CreateKeysAsync(KeyId.Parse("treasury"), Token);
            await FillAsync(grid, Path.Combine(state, "ballast"));
        }
        finally
        {
            await grid.Silo.DisposeAsync();
            _ = await Tool.RunAsync("umount", ["--lazy", state]);
        }
    }

    private static async Task FillAsync(LocalVaultGrid grid, string ballast)
    {
        var key = (await grid.Client.GetKeyAsync(Cluster, KeyId.Parse("treasury"), Token)).Value;
        using var client = grid.NewClient(retries: 0);
        Assert.Equal("done", (await SignAsync()).Outcome.Value.State);

        using (var file = new FileStream(ballast, FileMode.Create, FileAccess.Write))
        {
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                    file.Flush(flushToDisk: true);
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        // What is already there for the write-ahead log may take some requests more.
        var told = await SignAsync();
        for (var more = 0; told.Outcome.Refusal is null && more < 10_000; more++) told = await SignAsync();
        Assert.True(told.Outcome.Refusal?.Code.IsRetriable(), told.Outcome.Refusal?.ToString() ?? "it was stored nowhere, and yet answered");
        Assert.True(grid.Silo.IsRunning);

        File.Delete(ballast);
        var again = await grid.Requests.ExecuteAsync(told.Request, null, grid.Requests.Approve(told.Request, 2), Token);
        Assert.Equal("done", again.Value.State);
        Assert.Equal("done", (await SignAsync()).Outcome.Value.State);

        async Task<(RequestDocument Request, Outcome<RequestStatus> Outcome)> SignAsync()
        {
            var request = grid.Requests.Sign(
                key, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, new SigningSubject.Digest(Hash256.Sha256(Guid.CreateVersion7().ToByteArray())), "a payment");
            var approvals = grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
            return (request, await client.ExecuteApprovedAsync(new RequestSubmission(request.Utf8), approvals, Token));
        }
    }
}
