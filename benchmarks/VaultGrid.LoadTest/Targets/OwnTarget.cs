using System.Diagnostics;

namespace VaultGrid.LoadTest;

/// <summary>A grid that is started for the test: one cluster of three nodes, 2 of 3 administrators, everything in processes of its own. Its one client plays many.</summary>
internal sealed class OwnTarget : LoadTarget
{
    private const int Quorum = 2;

    private readonly LocalVaultGrid _grid;
    private readonly VaultGridClient _client;

    private OwnTarget(LocalVaultGrid grid)
    {
        (_grid, _client) = (grid, grid.NewClient(retries: 0));
        Revocations = ListNumber(grid.Ceremony.Trusted());
    }

    public override IVaultGrid Grid => _client;

    public override long? SiloMemory
    {
        get
        {
            using var silo = Process.GetProcessById(_grid.Silo.Id);
            return silo.WorkingSet64;
        }
    }

    protected override ulong Revocations { get; }

    public static async Task<OwnTarget> StartAsync(int silos, CancellationToken cancellationToken)
    {
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        var options = new LocalGridOptions { Silos = silos, OneCallerForMany = true, StepTimeout = TimeSpan.FromMinutes(2), Progress = new Lines() };
        var target = new OwnTarget(await LocalVaultGrid.BringUpAsync(options, KeyId.Parse("load"), TimeProvider.System, cancellationToken));
        target.Key = (await target.Grid.GetKeyAsync(new ClusterId(1), KeyId.Parse("load"), cancellationToken)).Value;
        return target;
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _grid.DisposeAsync();
    }

    protected override IEnumerable<Approval> Approve(RequestDocument request) => _grid.Requests.Approve(request, Quorum);

    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }
}
