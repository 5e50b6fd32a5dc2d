using System.Globalization;
using System.Runtime.CompilerServices;
using Orleans.Runtime;
using Orleans.Storage;

namespace VaultGrid.Embedded.State;

/// <summary>A stored record in the hands of its grain.</summary>
internal sealed class StoredState<TState>(IGrainStateStore store, IGrainStorageSerializer serializer, StateKey key)
    : IPersistentState<TState>, IStoredState
{
    private long? _version;

    public TState State { get; set; } = Empty();

    public string? Etag => _version?.ToString(CultureInfo.InvariantCulture);

    public bool RecordExists { get; private set; }

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(key, cancellationToken);
        _version = record?.Version;
        RecordExists = record is { Payload: not null };
        State = record is { Payload: { } payload } ? serializer.Deserialize<TState>(new BinaryData(payload))! : Empty();
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        _version = await store.WriteAsync(key, serializer.Serialize(State).ToArray(), _version, cancellationToken);
        RecordExists = true;
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        if (_version is null)
        {
            await ReadStateAsync(cancellationToken);
            if (!RecordExists)
            {
                return;
            }
        }

        _version = await store.WriteAsync(key, null, _version, cancellationToken);
        RecordExists = false;
        State = Empty();
    }

    private static TState Empty() => typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null
        ? Activator.CreateInstance<TState>()
        : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
}
