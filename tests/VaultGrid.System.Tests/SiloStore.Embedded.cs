namespace VaultGrid.System.Tests;

/// <summary>Where a silo of this build keeps state: a SQLite file, which needs nothing.</summary>
internal sealed class SiloStore : IAsyncDisposable
{
    /// <summary>Environment variables, <c>NAME=value</c>, for the README's script.</summary>
    public string[] Settings { get; } = [];

    public static Task<SiloStore> OpenAsync() => Task.FromResult(new SiloStore());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
