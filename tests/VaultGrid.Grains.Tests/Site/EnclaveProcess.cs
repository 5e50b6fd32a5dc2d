using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Grains.Tests;

/// <summary>A real enclave in a process of its own, with a store that survives it.</summary>
internal sealed class EnclaveProcess : IAsyncDisposable
{
    private readonly string _directory;
    private Process? _process;

    public EnclaveProcess(string directory, NodeId node)
    {
        Node = node;
        _directory = Path.Combine(directory, $"{node.Cluster}-{node.Index}");
        Socket = _directory + ".sock";
        Fresh();
    }

    public NodeId Node { get; }

    public string Socket { get; }

    /// <summary>Whether its steps and starts wait for witnesses.</summary>
    public bool Witnesses { get; init; }

    /// <summary>Whether it keeps a record of the nonces that it spends: the product's enclave, started by a program that only tests have.</summary>
    public bool RecordsNonces { get; init; }

    private string Nonces => _directory + ".nonces";

    /// <summary>The nonces that it has spent, in order, whatever killed it in between.</summary>
    public IReadOnlyList<SpentNonce> SpentNonces() => File.Exists(Nonces) ? [.. File.ReadAllLines(Nonces).Select(SpentNonce.Parse)] : [];

    /// <summary>Forgets everything: the next start is a new machine under the old name.</summary>
    public void Fresh()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
        Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = new FileStream(Path.Combine(_directory, "key"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        key.Write(RandomNumberGenerator.GetBytes(32));
    }

    /// <summary>Its store as it is on disk now.</summary>
    public IReadOnlyDictionary<string, byte[]> Copy() => Directory.GetFiles(Path.Combine(_directory, "store"), "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "lock").ToDictionary(file => file, File.ReadAllBytes);

    /// <summary>Puts an older store back; it must not run.</summary>
    public void PutBack(IReadOnlyDictionary<string, byte[]> store)
    {
        Directory.Delete(Path.Combine(_directory, "store"), recursive: true);
        foreach (var (file, content) in store)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(
            RecordsNonces ? Programs.PathOf("VaultGrid.WitnessedEnclave", "vaultgrid-witnessed-enclave") : Programs.PathOf("VaultGrid.Enclave", "vaultgrid-enclave"),
            [.. RecordsNonces ? [Nonces] : (string[])[], "run", "--store", Path.Combine(_directory, "store"), "--socket", Socket, "--sealing-key-file", Path.Combine(_directory, "key"), .. Witnesses ? (string[])[] : ["--without-witnesses"]])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        var line = await _process.StandardOutput.ReadLineAsync();
        if (line != "ready") throw new InvalidOperationException($"The enclave of {Node} said '{line}' instead of being ready.");
    }

    /// <summary>kill -STOP: it is there, and does not answer.</summary>
    public void Pause()
    {
        using var stop = Process.Start("kill", ["-STOP", _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        stop.WaitForExit();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await KillAsync();
    }
}
