using Microsoft.Data.Sqlite;
using VaultGrid.Embedded.Storage;
using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Rewraps;

/// <summary>A silo that died between a Domain's state and its row in the listing, as it can where the two are written one after the other.</summary>
public sealed class LeftBehindTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_that_stayed_behind_its_Domain_is_brought_up_to_date_by_the_next_re_wrapping()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Nodes = 2 }, null, TimeProvider.System, Cancellation);
        var desk = new DomainDesk(grid);
        var first = await desk.TrustAsync(null, 1, 2);
        var domains = await desk.DomainsAsync(3, first);
        var before = await WithFileAsync(grid, file => Row(file, domains[1].Id));
        await desk.TrustAsync(first, 1, 2);
        await DoneAsync(grid, desk.Chain);

        _ = await WithFileAsync(grid, file => PutBack(file, domains[1].Id, desk.Chain, before));
        Assert.Equal(1, (await grid.Client.Trusts.GetChainAsync(desk.Chain, Cancellation)).Value.Behind);
        _ = (await grid.Client.Trusts.StartRewrapAsync(desk.Chain, Cancellation)).Value;
        await DoneAsync(grid, desk.Chain);
        var chain = (await grid.Client.Trusts.GetChainAsync(desk.Chain, Cancellation)).Value;
        Assert.Equal((3L, 0L), (chain.Domains, chain.Behind));
    }

    private static async Task DoneAsync(LocalVaultGrid grid, TrustId chain)
    {
        for (var looks = 0; (await grid.Client.Trusts.GetRewrapAsync(chain, Cancellation)).Value.State != "done"; looks++)
        {
            Assert.True(looks < 2000, "re-wrapping finds Domains behind, and does nothing with them");
            await Task.Delay(50, Cancellation);
        }
    }

    // The silo's file is its own while it runs.
    private static async Task<T> WithFileAsync<T>(LocalVaultGrid grid, Func<SqliteConnection, T> use)
    {
        await grid.Silo.StopAsync(TimeSpan.FromSeconds(30));
        SqliteLibrary.Use();
        T result;
        using (var file = new SqliteConnection($"Data Source={Path.Combine(grid.Directory, "silo", "state", "grains.db")};Pooling=False"))
        {
            file.Open();
            result = use(file);
        }

        await grid.StartSiloAsync(Cancellation);
        return result;
    }

    private static (long Number, long Revision, byte[] Report) Row(SqliteConnection file, DomainId domain)
    {
        using var select = Command(file, "SELECT trust_number, revision, report FROM domain_catalogue WHERE domain = $domain", ("$domain", domain.Value.ToByteArray(bigEndian: true)));
        using var row = select.ExecuteReader();
        Assert.True(row.Read());
        return (row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
    }

    private static int PutBack(SqliteConnection file, DomainId domain, TrustId chain, (long Number, long Revision, byte[] Report) row)
    {
        using var update = Command(
            file, "UPDATE domain_catalogue SET trust_number = $number, revision = $revision, report = $report WHERE domain = $domain",
            ("$number", row.Number), ("$revision", row.Revision), ("$report", row.Report), ("$domain", domain.Value.ToByteArray(bigEndian: true)));
        Assert.Equal(1, update.ExecuteNonQuery());
        using var counts = Command(
            file, "UPDATE domain_count SET domains = domains + CASE trust_number WHEN $number THEN 1 ELSE -1 END WHERE chain = $chain",
            ("$number", row.Number), ("$chain", chain.Value.ToByteArray(bigEndian: true)));
        return counts.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection file, string sql, params (string Name, object Value)[] parameters)
    {
#pragma warning disable CA2100 // Constants of this file.
        var command = new SqliteCommand(sql, file);
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
