using System.Globalization;

namespace VaultGrid.Enclave;

/// <summary>
/// Slots for the journals of ceremonies: files that stay, so that a ceremony's state is on disk after one flush and without a write of the whole store. A slot is emptied
/// when its ceremony is over, and used again.
/// </summary>
internal sealed class JournalFolder(string path, Func<Hash256, SecretBytes> keys) : IDisposable
{
    /// <summary>The most ceremonies at a time.</summary>
    public const int Capacity = 64;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Lock _gate = new();
    private readonly Stack<CeremonyJournal> _free = [];
    private int _made;

    /// <summary>Opens all slots; what a kill left in them is found, and whatever was changed by others is passed over, with a notice.</summary>
    public IReadOnlyList<(CeremonyJournal Journal, SecretBytes Last)> Open()
    {
        var found = new List<(CeremonyJournal, SecretBytes)>();
        while (File.Exists(PathOf(_made)))
        {
            var journal = new CeremonyJournal(PathOf(_made++), keys, Free);
            if (journal.ReadLast() is { } last) found.Add((journal, last));
            else _free.Push(journal);
        }

        return found;
    }

    /// <summary>A slot for a new ceremony; <c>enclave.busy</c>.</summary>
    public Outcome<CeremonyJournal> Take()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var journal)) return journal;
            if (_made >= Capacity) return new Refusal(RefusalCode.EnclaveBusy, $"{Capacity} ceremonies are under way");
            Directory.CreateDirectory(path, OwnerOnly);
            journal = new CeremonyJournal(PathOf(_made++), keys, Free);
            DurableFile.SyncDirectory(path);
            return journal;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            while (_free.TryPop(out var journal)) journal.Dispose();
        }
    }

    private string PathOf(int slot) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"slot-{slot:D2}.sealed"));

    private void Free(CeremonyJournal journal)
    {
        lock (_gate) _free.Push(journal);
    }
}
