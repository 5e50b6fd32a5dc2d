using System.Diagnostics;
using System.Globalization;
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

    /// <summary>Brings it up; nothing serves it before <see cref="StartSiloAsync"/>.</summary>
    /// <param name="nodes">n.</param>
    /// <param name="prepare">What is still done through the silo's own process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SharedKeyGrid> BringUpAsync(int nodes, Func<SharedKeyGrid, Task>? prepare, CancellationToken cancellationToken)
    {
        var options = new LocalGridOptions { Nodes = nodes, StepTimeout = TimeSpan.FromMinutes(2) };
        var grid = new SharedKeyGrid(await LocalVaultGrid.BringUpAsync(options, null, TimeProvider.System, cancellationToken));
        if (prepare is not null) await prepare(grid);
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
            new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning", ["VaultGrid:Grains:SharedKeys:Pool"] = pool.ToString(CultureInfo.InvariantCulture) });
        await _silo.StartAsync(cancellationToken);
        Door = GrainVaultGrid.For(_silo.Services.GetRequiredService<IGrainFactory>(), "vaultgrid://client/local");
    }

    /// <summary>Has a request approved; answers what executes it at the grains.</summary>
    public Func<Task> Approve(RequestDocument request, byte[] document, CancellationToken cancellationToken)
    {
        var approvals = _grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
        return async () =>
        {
            var outcome = await Door.ExecuteApprovedAsync(new RequestSubmission(request.Utf8, document), approvals, cancellationToken);
            if (!outcome.Is(out var status, out var refusal) || status.State != "done") throw new BenchmarkException($"a key was not generated: {refusal?.ToString() ?? outcome.Value.State}");
        };
    }

    /// <summary>Processor time that the enclave processes have used.</summary>
    public TimeSpan EnclaveTime() => _grid.Nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + TimeOf(node.Process.Id));

    /// <summary>A key of one cluster that every node has whole, and approved requests to sign with it: the same service without sharing.</summary>
    public async Task<ApprovedRequests> WholeKeyAsync(CancellationToken cancellationToken)
    {
        var policy = _grid.Ceremony.Policy(
            KeyId.Parse("whole"), 2, [SigningAlgorithm.EcdsaSecp256k1],
            ApprovedRequests.Patterns.Select(text => PathPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.")));
        return new ApprovedRequests(_grid.Ceremony, await _grid.CreateKeyAsync(_grid.Clusters.Single(), policy, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await StopSiloAsync();
        await _grid.DisposeAsync();
    }

    private static TimeSpan TimeOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }

    private async Task StopSiloAsync()
    {
        if (_silo is null) return;
        await _silo.StopAsync();
        await _silo.DisposeAsync();
        _silo = null;
    }
}
