namespace VaultGrid.Enclave.Tests;

/// <summary>In a mutation run, in place of a process: an enclave in the test's own, where the code is changed that a test is to notice.</summary>
internal sealed class EnclaveProcess : IAsyncDisposable
{
    private readonly TestStore _store = new();

    /// <summary>The enclave.</summary>
    public IEnclavePort Connection { get; private set; } = null!;

    /// <summary>What a process would have said on standard error.</summary>
    public string Log => "";

    public Task StartAsync()
    {
        Connection = new CorePort(_store.TryStart().Value);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
