using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>A TPM 2.0 of swtpm with a state of its own, on Unix sockets; it outlives the enclave's kills as a real one does.</summary>
internal sealed class SoftTpm : IEnclaveHardware
{
    private const string Program = "/usr/bin/swtpm";

    private readonly string _state;
    private readonly string _socket;
    private readonly LocalProcess _process;

    public SoftTpm(string directory, string socket)
    {
        if (!File.Exists(Program)) throw new LocalGridException("a grid on TPMs needs swtpm: apt-get install swtpm libtss2-tcti-swtpm0");
        (_state, _socket) = (Path.Combine(directory, "tpm"), socket);
        _process = new LocalProcess(
            "swtpm",
            Program,
            [
                "socket", "--tpm2", "--tpmstate", $"dir={_state}", "--server", $"type=unixio,path={_socket}",
                "--ctrl", $"type=unixio,path={_socket}.ctrl", "--flags", "not-need-init,startup-clear",
            ],
            Path.Combine(directory, "tpm.log"));
    }

    public IReadOnlyList<string> Switches => ["--adapter", "tpm", "--tpm-tcti", $"swtpm:path={_socket}", "--tpm-pcrs", "7"];

    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    public async Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_process.IsRunning) return;
        AtomicFile.CreateDirectory(_state);
        File.Delete(_socket);
        await _process.StartAsync().ConfigureAwait(false);
        await _process.WaitAsync(_ => Task.FromResult(File.Exists(_socket)), timeout, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
