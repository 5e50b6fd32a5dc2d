namespace VaultGrid.LocalGrid;

/// <summary>What one enclave rests on: made before its first start, there before each.</summary>
internal interface IEnclaveHardware : IAsyncDisposable
{
    /// <summary>The switches that tell the enclave of it.</summary>
    IReadOnlyList<string> Switches { get; }

    /// <summary>Variables that its library wants.</summary>
    IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Makes it where it isn't there, starts it where it does not run.</summary>
    Task StartAsync(TimeSpan timeout, CancellationToken cancellationToken);
}
