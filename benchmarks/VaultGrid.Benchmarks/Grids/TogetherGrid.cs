using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Client.Grains;
using VaultGrid.Grains;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Benchmarks;

/// <summary>
/// Five clusters of one node, each an enclave process, with a key that two of three sign with and one of three of five. The silo runs in this process;
/// it can be started anew with as many prepared sessions for a key as wanted.
/// </summary>
internal sealed class TogetherGrid : IAsyncDisposable
{
    private const string Caller = "vaultgrid://client/local";

    private readonly LocalVaultGrid _grid;
    private WebApplication? _silo;

    private TogetherGrid(LocalVaultGrid grid, KeyStatus twoOfThree, KeyStatus threeOfFive) => (_grid, TwoOfThree, ThreeOfFive) = (grid, twoOfThree, threeOfFive);

    public KeyStatus TwoOfThree { get; }

    public KeyStatus ThreeOfFive { get; }

    /// <summary>The grid through its grains.</summary>
    public IVaultGrid Grains { get; private set; } = null!;

    public ApprovedRequests RequestsFor(KeyStatus key) => new(_grid.Ceremony, key);

    /// <summary>Processor time that the enclave processes have used.</summary>
    public TimeSpan EnclaveTime() => _grid.Nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + TimeOf(node.Process.Id));

    public static async Task<TogetherGrid> BringUpAsync(CancellationToken cancellationToken)
    {
        var options = new LocalGridOptions { Clusters = 5, Nodes = 1, StepTimeout = TimeSpan.FromMinutes(2) };
        var grid = await LocalVaultGrid.BringUpAsync(options, null, TimeProvider.System, cancellationToken);
        try
        {
            var two = await grid.DealKeyAsync(Policy(grid, "two-of-three"), 2, [.. grid.Clusters.Take(3)], cancellationToken);
            var three = await grid.DealKeyAsync(Policy(grid, "three-of-five"), 3, [.. grid.Clusters], cancellationToken);
            await grid.Silo.DisposeAsync();
            return new TogetherGrid(grid, two, three);
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the silo (again), which keeps so many sessions of a key prepared.</summary>
    public async Task StartSiloAsync(int presign, CancellationToken cancellationToken)
    {
        await StopSiloAsync();
        _silo = SiloHost.Build(Path.Combine(_grid.Directory, "silo", "silo.json"), new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["VaultGrid:Grains:Sessions:Presign"] = presign.ToString(CultureInfo.InvariantCulture),
        });
        await _silo.StartAsync(cancellationToken);
        Grains = GrainVaultGrid.For(_silo.Services.GetRequiredService<IGrainFactory>(), Caller);
    }

    /// <summary>Waits until a key's pool holds so many prepared sessions; something must have been signed with it before.</summary>
    public async Task FillAsync(KeyStatus key, int count, CancellationToken cancellationToken)
    {
        var pool = _silo!.Services.GetRequiredService<IGrainFactory>().GetGrain<IPresignPoolGrain>(key.Key.ToString());
        while ((await pool.GetDepthAsync(cancellationToken)).Ready < count) await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
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

    private static TimeSpan TimeOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }

    private static KeyPolicy Policy(LocalVaultGrid grid, string name) => grid.Ceremony.Policy(
        KeyId.Parse(name),
        2,
        [SigningAlgorithm.EcdsaSecp256k1],
        [PathPattern.TryParse("m/44/60/*/0/*", out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.")]);
}
