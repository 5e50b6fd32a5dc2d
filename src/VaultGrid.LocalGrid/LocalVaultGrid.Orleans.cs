using System.Globalization;

namespace VaultGrid.LocalGrid;

/// <content>On Orleans: silos, a relay that is their client over the network, and the PostgreSQL that all find each other in.</content>
public sealed partial class LocalVaultGrid
{
    private readonly Dictionary<LocalProcess, int> _healthPorts = [];
    private LocalPostgres? _ownDatabase;

    /// <summary>Whether this build's engine runs a grid on several silos.</summary>
    public static bool HasSeveralSilos => true;

    private string Connection => _options.Database ?? (_ownDatabase ??= new LocalPostgres(Path.Combine(Directory, "database.log"), _options.SafeDatabase)).Connection;

    private partial (List<LocalProcess> Silos, LocalProcess Relay) MakeProcesses(int port) => (
        [.. Enumerable.Range(0, _options.Silos).Select(number => MakeSilo(number, Nodes.Where((_, place) => place % _options.Silos == number)))],
        MakeProcess("relay", LocalProgram.Relay, SiloConfiguration.Relay(Ceremony, Connection, port, _options)));

    private partial LocalProcess MakeOneMore() => MakeSilo(Silos.Count, []);

    private LocalProcess MakeSilo(int number, IEnumerable<LocalNode> nodes)
    {
        // The metrics port is the first one's: one machine, one port.
        var options = number == 0 ? _options : _options with { MetricsPort = null };
        var name = number == 0 ? "silo" : string.Create(CultureInfo.InvariantCulture, $"silo-{number + 1}");
        var health = FreePort.Take();
        var silo = MakeProcess(name, LocalProgram.Silo, SiloConfiguration.Orleans(name, nodes, Connection, health, options));
        _healthPorts.Add(silo, health);
        return silo;
    }

    private async partial Task<bool> IsReadyAsync(LocalProcess silo, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_healthPorts[silo]}/health/ready"), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private partial Task StartDatabaseAsync(CancellationToken cancellationToken) => _ownDatabase?.StartAsync(_options.StepTimeout, cancellationToken) ?? Task.CompletedTask;

    private partial ValueTask StopDatabaseAsync() => _ownDatabase?.DisposeAsync() ?? ValueTask.CompletedTask;
}
