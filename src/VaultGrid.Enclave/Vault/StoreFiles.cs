namespace VaultGrid.Enclave;

/// <summary>
/// The store on disk: one file with all of it, and beside it the steps since it was written. A step that only adds is a record there, whose cost does not grow with what the store holds;
/// every other writes the whole again. One caller at a time.
/// </summary>
internal sealed class StoreFiles(string path, StoreSealing sealing, Action<SaveStep>? probe) : IDisposable
{
    // Steps are gathered until they are as long as the store itself, so that all writing together stays twice what is kept.
    private const int LeastGathered = 4 * 1024 * 1024;

    private readonly WireWriter _part = new();
    private readonly SecretBuffer _record = new(16 * 1024);
    private readonly StoreSteps _steps = new(StepsOf(path), sealing.StepsKey);
    private long _length;
    private bool _mayStep;

    /// <summary>Reads both files; <c>store.*</c>.</summary>
    public static Outcome<(StoreFiles Files, VaultState State)> Open(string path, IVaultAdapter adapter, Action<SaveStep>? probe)
    {
        var file = File.ReadAllBytes(path);
        if (!StoreSealing.Open(file, adapter).Is(out var opened, out var refusal)) return refusal;
        var (sealing, state) = opened;
        var files = new StoreFiles(path, sealing, probe) { _length = file.Length, _mayStep = StoreHeader.Read(file, out _).Value.Format >= StoreFormat.Steps };
        if (files.Follow(Hash256.Sha256(file), state).Is(out state, out refusal)) return (files, state);
        files.Dispose();
        return refusal;
    }

    /// <summary>Keeps a step; it is on disk when this returns.</summary>
    /// <param name="disk">The state that is on disk.</param>
    /// <param name="next">The state that follows, with its version.</param>
    /// <returns>The hash of its versioned part.</returns>
    /// <exception cref="IOException">It may or may not be on disk.</exception>
    public Hash256 Keep(VaultState disk, VaultState next)
    {
        try
        {
            if (_mayStep && _steps.End < Math.Max(LeastGathered, _length) && StoreStep.TryWrite(_record, disk, next, out var hash))
            {
                Append();
                return hash;
            }
        }
        finally
        {
            _record.Clear();
        }

        var part = Part(next);
        Replace(next, part);
        return Hash256.Sha256(part);
    }

    /// <summary>Keeps what changed without a step; it is on disk when this returns.</summary>
    /// <exception cref="IOException">It may or may not be on disk.</exception>
    public void KeepBeside(VaultState next)
    {
        if (_steps.End == 0)
        {
            Replace(next, Part(next));
            return;
        }

        try
        {
            StoreStep.WriteBeside(_record, next);
            Append();
        }
        finally
        {
            _record.Clear();
        }
    }

    /// <inheritdoc cref="StoreSealing.JournalKey"/>
    public SecretBytes JournalKey(Hash256 epoch) => sealing.JournalKey(epoch);

    /// <summary>True where two states have the same versioned part, but for the version.</summary>
    public bool IsSame(VaultState next, VaultState before) => StoreStep.IsSameBut(next with { Version = before.Version }, before)
        || Hash256.Sha256(Part(next with { Version = before.Version })) == Hash256.Sha256(Part(before));

    /// <inheritdoc/>
    public void Dispose()
    {
        _steps.Dispose();
        _record.Dispose();
        sealing.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "StoreFiles(redacted)";

    /// <summary>The file of a store's steps.</summary>
    internal static string StepsOf(string store) => Path.Combine(Path.GetDirectoryName(store)!, "steps.sealed");

    private Outcome<VaultState> Follow(Hash256 epoch, VaultState state)
    {
        var read = _steps.Read(epoch, record =>
        {
            if (!StoreStep.Read(record, state).Is(out var next, out var refusal)) return refusal;
            state = next;
            return null;
        });
        return read.Is(out _, out var refused) ? state : refused;
    }

    // Valid until the next: with a thousand keys megabytes, written into the same room each time.
    private ReadOnlySpan<byte> Part(VaultState state) => VersionedPart.Write(_part.Clear(), state).Written;

    private void Replace(VaultState state, ReadOnlySpan<byte> part)
    {
        probe?.Invoke(SaveStep.Before);
        var file = sealing.Seal(state, part).Span;
        DurableFile.Replace(path, file, probe is not null ? () => probe(SaveStep.Written) : null);
        (_length, _mayStep) = (file.Length, StoreFormat.For(state) >= StoreFormat.Steps);
        _steps.Begin(Hash256.Sha256(file));
        probe?.Invoke(SaveStep.Renamed);
    }

    private void Append()
    {
        probe?.Invoke(SaveStep.Before);
        probe?.Invoke(SaveStep.Written);
        _steps.Append(_record);
        probe?.Invoke(SaveStep.Renamed);
    }
}
