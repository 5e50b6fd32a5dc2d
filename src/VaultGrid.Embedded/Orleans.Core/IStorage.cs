namespace Orleans.Core;

/// <summary>A stored record of an activation. Writes are checked against the ETag that was read or written last.</summary>
public interface IStorage
{
    string? Etag { get; }

    bool RecordExists { get; }

    Task ClearStateAsync();

    /// <exception cref="Orleans.Storage.InconsistentStateException">Somebody else wrote in between; nothing was changed.</exception>
    Task WriteStateAsync();

    Task ReadStateAsync();

    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
