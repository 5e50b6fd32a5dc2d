using Orleans.Storage;

namespace VaultGrid.Embedded.State;

/// <summary>Keeps records. What has been acknowledged survives the death of the process and of the machine.</summary>
internal interface IGrainStateStore
{
    /// <summary>Null if there never was such a record.</summary>
    ValueTask<StoredRecord?> ReadAsync(StateKey key, CancellationToken cancellationToken);

    /// <summary>Writes (or clears, with a null payload) if the stored version is the expected one, or if both are absent; gives the new version.</summary>
    /// <exception cref="InconsistentStateException">It is not; nothing was changed.</exception>
    Task<long> WriteAsync(StateKey key, byte[]? payload, long? expectedVersion, CancellationToken cancellationToken);
}
