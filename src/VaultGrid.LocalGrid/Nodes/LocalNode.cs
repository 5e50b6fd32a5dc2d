using System.Net.Sockets;
using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>A vault node of a grid on this machine: one enclave process with a store and a socket of its own.</summary>
public sealed class LocalNode
{
    private readonly IEnclaveHardware _hardware;

    internal LocalNode(NodeId id, string directory, string socket, LocalAdapter adapter)
    {
        (Id, Socket, Store) = (id, socket, Path.Combine(directory, "store"));
        AtomicFile.CreateDirectory(directory);
        AtomicFile.CreateDirectory(Store);
        _hardware = adapter switch
        {
            LocalAdapter.Software => new KeyFileHardware(directory),
            LocalAdapter.Pkcs11 => new SoftToken(directory),
            LocalAdapter.Tpm => new SoftTpm(directory, Path.ChangeExtension(socket, "tpm")),
            _ => throw new ArgumentOutOfRangeException(nameof(adapter), adapter, "Not an adapter."),
        };
        Process = new LocalProcess(
            $"enclave {id}",
            LocalProgram.Find(LocalProgram.Enclave),
            // Nodes of a rehearsal are stopped and started one by one, whoever else is up.
            ["run", "--store", Store, "--socket", socket, "--without-witnesses", .. _hardware.Switches],
            Path.Combine(directory, "enclave.log"),
            new Dictionary<string, string>(_hardware.Variables) { ["DOTNET_TieredPGO"] = "0" });
    }

    /// <summary>The node.</summary>
    public NodeId Id { get; }

    /// <summary>Its enclave's socket.</summary>
    public string Socket { get; }

    /// <summary>The socket at which the silo finds it: the enclave's own, or somebody's in between.</summary>
    public string Door => Between?.Invoke(Id, Socket) ?? Socket;

    internal Func<NodeId, string, string>? Between { get; init; }

    /// <summary>Its sealed store.</summary>
    public string Store { get; }

    /// <summary>Its enclave process.</summary>
    public LocalProcess Process { get; }

    internal async Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await _hardware.StartAsync(timeout, cancellationToken).ConfigureAwait(false);
        await Process.StartAsync().ConfigureAwait(false);
        await Process.WaitAsync(AcceptsAsync, timeout, cancellationToken).ConfigureAwait(false);
    }

    internal async ValueTask StopAsync()
    {
        await Process.DisposeAsync().ConfigureAwait(false);
        await _hardware.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Socket)) return false;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
