using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Client.Grains;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Silo.Hosting;

namespace VaultGrid.Benchmarks;

/// <summary>
/// One cluster of three nodes, each an enclave process, a key on all of them under a policy of 2 of 3 administrators. The silo is a process of
/// its own at first, with the relay; <see cref="MoveSiloInsideAsync"/> starts it anew in this process, on the same state.
/// </summary>
internal sealed class SigningGrid : IAsyncDisposable
{
    private const string Caller = "vaultgrid://client/local";

    private readonly LocalVaultGrid _grid;
    private WebApplication? _silo;

    private SigningGrid(LocalVaultGrid grid, KeyStatus key) => (_grid, Key, Factory) = (grid, key, new ApprovedRequests(grid.Ceremony, key));

    public KeyStatus Key { get; }

    /// <summary>Makes approved requests for <see cref="Key"/>.</summary>
    public ApprovedRequests Factory { get; }

    /// <summary>The grid over REST with mutual TLS.</summary>
    public IVaultGrid Rest => _grid.Client;

    /// <summary>The grid through its grains, in this process.</summary>
    public IVaultGrid Grains { get; private set; } = null!;

    public static async Task<SigningGrid> BringUpAsync(CancellationToken cancellationToken, LocalGridOptions? options = null)
    {
        var asked = (options ?? new LocalGridOptions()) with { StepTimeout = TimeSpan.FromMinutes(2), OneCallerForMany = true };
        var grid = await LocalVaultGrid.BringUpAsync(asked, null, TimeProvider.System, cancellationToken);
        try
        {
            var policy = grid.Ceremony.Policy(
                KeyId.Parse("bench"),
                2,
                [SigningAlgorithm.EcdsaSecp256k1],
                ApprovedRequests.Patterns.Select(text => PathPattern.TryParse(text, out var pattern) ? pattern : throw new InvalidOperationException("A fixed pattern.")));
            return new SigningGrid(grid, await grid.CreateKeyAsync(grid.Clusters.Single(), policy, cancellationToken));
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection to the first node's enclave.</summary>
    public EnclaveConnection Enclave() => new(_grid.Nodes[0].Socket);

    /// <summary>Processor time that the enclave processes have used.</summary>
    public TimeSpan EnclaveTime() => _grid.Nodes.Aggregate(TimeSpan.Zero, (sum, node) => sum + TimeOf(node.Process.Id));

    /// <summary>Resident bytes of the silo's process and of the enclaves' together. Before <see cref="MoveSiloInsideAsync"/>.</summary>
    public (long Silo, long Enclaves) Memory() => (MemoryOf(_grid.Silo.Id), _grid.Nodes.Sum(node => MemoryOf(node.Process.Id)));

    public async Task MoveSiloInsideAsync(CancellationToken cancellationToken)
    {
        await _grid.Silo.DisposeAsync();
        var configuration = Path.Combine(_grid.Directory, "silo", "silo.json");

        // A silo's own default; the local grid's is for developers.
        _silo = SiloHost.Build(configuration, new Dictionary<string, string?> { ["Logging:LogLevel:Default"] = "Warning" });
        await _silo.StartAsync(cancellationToken);
        Grains = GrainVaultGrid.For(_silo.Services.GetRequiredService<IGrainFactory>(), Caller);
    }

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.StopAsync();
            await _silo.DisposeAsync();
        }

        await _grid.DisposeAsync();
    }

    private static long MemoryOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64;
    }

    private static TimeSpan TimeOf(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }
}
