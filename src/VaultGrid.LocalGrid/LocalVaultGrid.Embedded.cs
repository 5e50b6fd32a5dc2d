using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.LocalGrid;

/// <content>On the embedded engine: silo and relay are one process, and state is in SQLite files.</content>
public sealed partial class LocalVaultGrid
{
    private const string NotHere = "On the other engine there is a database.";

    /// <summary>Whether this build's engine runs a grid on several silos.</summary>
    public static bool HasSeveralSilos => false;

    private partial (List<LocalProcess> Silos, LocalProcess Relay) MakeProcesses(int port)
    {
        var state = Path.Combine(Directory, "silo", "state");
        var silo = MakeProcess("silo", LocalProgram.Silo, SiloConfiguration.Embedded(Ceremony, Nodes, state, port, _options));
        return ([silo], silo);
    }

    private partial Task<bool> IsReadyAsync(LocalProcess silo, CancellationToken cancellationToken) => AnswersAsync(cancellationToken);

    [SuppressMessage("Performance", "CA1822", Justification = NotHere)]
    private partial LocalProcess MakeOneMore() => throw new LocalGridException(OneProcess);

    [SuppressMessage("Performance", "CA1822", Justification = NotHere)]
    private partial Task StartDatabaseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [SuppressMessage("Performance", "CA1822", Justification = NotHere)]
    private partial ValueTask StopDatabaseAsync() => ValueTask.CompletedTask;
}
