using System.Net.Sockets;
using System.Security.Cryptography;
using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>A vault node of a grid on this machine: one enclave process with a store and a socket of its own.</summary>
public sealed class LocalNode
{
    internal LocalNode(NodeId id, string directory, string socket)
    {
        (Id, Socket, Store) = (id, socket, Path.Combine(directory, "store"));
        AtomicFile.CreateDirectory(directory);
        AtomicFile.CreateDirectory(Store);
        var keyFile = Path.Combine(directory, "sealing.key");
        MakeSealingKey(keyFile);
        Process = new LocalProcess(
            $"enclave {id}",
            LocalProgram.Find(LocalProgram.Enclave),
            ["run", "--store", Store, "--socket", socket, "--sealing-key-file", keyFile],
            Path.Combine(directory, "enclave.log"),
            new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0" });
    }

    /// <summary>The node.</summary>
    public NodeId Id { get; }

    /// <summary>Its enclave's socket.</summary>
    public string Socket { get; }

    /// <summary>Its sealed store.</summary>
    public string Store { get; }

    /// <summary>Its enclave process.</summary>
    public LocalProcess Process { get; }

    internal async Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        await Process.StartAsync().ConfigureAwait(false);
        await Process.WaitAsync(AcceptsAsync, timeout, cancellationToken).ConfigureAwait(false);
    }

    private static void MakeSealingKey(string path)
    {
        if (File.Exists(path)) return;
        var key = RandomNumberGenerator.GetBytes(32);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
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
