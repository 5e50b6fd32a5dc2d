namespace VaultGrid.LocalGrid;

/// <summary>None: a key file.</summary>
internal sealed class KeyFileHardware(string directory) : IEnclaveHardware
{
    private readonly string _file = Path.Combine(directory, "sealing.key");

    public IReadOnlyList<string> Switches => ["--sealing-key-file", _file];

    public IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    public Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        PrivateFile.Make(_file, 32);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
