using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orleans.Runtime;
using Orleans.Storage;

namespace VaultGrid.Embedded.State;

/// <summary>A stored record in the hands of its grain.</summary>
internal sealed class StoredState<TState>(IGrainStateStore store, IGrainStorageSerializer serializer, StateKey key)
    : IPersistentState<TState>, IStoredState
{
    private static readonly bool HasConstructor = typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null;

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
        _version = await store.WriteAsync(key, Bytes(serializer.Serialize(State)), _version, cancellationToken);
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

    // The serializer's own array, where it made one of exactly this length.
    private static byte[] Bytes(BinaryData data) =>
        MemoryMarshal.TryGetArray(data.ToMemory(), out var made) && made.Offset == 0 && made.Count == made.Array!.Length ? made.Array : data.ToArray();

    private static TState Empty() => HasConstructor
        ? Activator.CreateInstance<TState>()
        : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));
}
