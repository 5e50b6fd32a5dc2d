using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Client.Grains;
using VaultGrid.Client.Secrets;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Benchmarks;

/// <summary>One cluster of n nodes, each an enclave process; the silo in this process, with or without a stock of nonces.</summary>
internal sealed class SharedKeyGrid : IAsyncDisposable
{
    private readonly LocalVaultGrid _grid;
    private WebApplication? _silo;

    private SharedKeyGrid(LocalVaultGrid grid) => _grid = grid;

    /// <summary>The grid through its grains.</summary>
    public IVaultGrid Door { get; private set; } = null!;

    public LocalSharedKeys Keys => _grid.SharedKeys;

    /// <summary>The client's use of keys, at the grains.</summary>
    public SharedKeyCaller Caller => _grid.NewCaller(Door.SharedKeys);

    public static async Task<SharedKeyGrid> BringUpAsync(int nodes, CancellationToken cancellationToken)
    {
        var options = new LocalGridOptions { Nodes = nodes, StepTimeout = TimeSpan.FromMinutes(2) };
        var grid = new SharedKeyGrid(await LocalVaultGrid.BringUpAsync(options, null, TimeProvider.System, cancellationToken));
        await grid._grid.Silo.DisposeAsync();
        return grid;
    }

    /// <summary>Starts the silo in this process, anew where it runs.</summary>
    /// <param name="pool">How many sessions are kept prepared for each key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartSiloAsync(int pool, CancellationToken cancellationToken)
    {
        await StopSiloAsync();
        _silo = SiloHost.Build(
            Path.Combine(_grid.Directory, "silo", "silo.json"),
            new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning", ["VaultGrid:Grains:SharedKeys:Pool"] = pool.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await _silo.StartAsync(cancellationToken);
        Door = GrainVaultGrid.For(_silo.Services.GetRequiredService<IGrainFactory>(), "vaultgrid://client/local");
    }

    /// <summary>Executes an approved request at the grains.</summary>
    public async Task ExecuteAsync(RequestDocument request, byte[] document, CancellationToken cancellationToken)
    {
        var approvals = _grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
        var outcome = await Door.ExecuteApprovedAsync(new RequestSubmission(request.Utf8, document), approvals, cancellationToken);
        if (!outcome.Is(out var status, out var refusal) || status.State != "done") throw new BenchmarkException($"a key was not generated: {refusal?.ToString() ?? outcome.Value.State}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopSiloAsync();
        await _grid.DisposeAsync();
    }

    private async Task StopSiloAsync()
    {
        if (_silo is null) return;
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        _silo = null;
    }
}
