using VaultGrid.Testing.Postgres;

namespace VaultGrid.Operations.Tests.Faults;

/// <summary>A database that goes and comes back under a running silo.</summary>
public sealed class DatabaseTests
{
    private static readonly ClusterId Cluster = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_are_told_to_come_back_and_the_silo_goes_on_when_the_database_does()
    {
        if (PostgresServer.Programs is null) Assert.Skip("PostgreSQL is not installed");
        await using var database = await PostgresServer.StartAsync(safe: true);
        var options = new LocalGridOptions { Nodes = 2, Database = await database.CreateDatabaseAsync("grid") };
        await using var grid = await LocalVaultGrid.BringUpAsync(options, KeyId.Parse("treasury"), TimeProvider.System, Token);
        var key = (await grid.Client.GetKeyAsync(Cluster, KeyId.Parse("treasury"), Token)).Value;
        var before = await SignAsync(grid, key);
        Assert.Equal("done", before.Outcome.Value.State);

        await database.CrashAsync();
        var lost = await SignAsync(grid, key, retries: 0);
        Assert.True(lost.Outcome.Refusal?.Code.IsRetriable(), lost.Outcome.Refusal?.ToString() ?? "it was stored nowhere, and yet answered");
        Assert.True(grid.Silo.IsRunning);

        await database.StartAgainAsync();
        var again = await grid.Requests.ExecuteAsync(lost.Request, null, grid.Requests.Approve(lost.Request, 2), Token);
        Assert.Equal("done", again.Value.State);
        var known = (await grid.Client.GetRequestAsync(before.Request.Request.Id, Token)).Value;
        Assert.Equal(before.Outcome.Value.Signature!.Signature.ToArray(), known.Signature!.Signature.ToArray());
    }

    private static async Task<(RequestDocument Request, Outcome<RequestStatus> Outcome)> SignAsync(LocalVaultGrid grid, KeyStatus key, int retries = 2)
    {
        using var client = grid.NewClient(retries);
        var request = grid.Requests.Sign(
            key, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, new SigningSubject.Digest(Hash256.Sha256(Guid.CreateVersion7().ToByteArray())), "a payment");
        var approvals = grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
        return (request, await client.ExecuteApprovedAsync(new RequestSubmission(request.Utf8), approvals, Token));
    }
}
