using System.Text;

namespace VaultGrid.Enclave.Tests;

/// <summary>A slot's file keeps its length from one ceremony to the next: what an earlier one left there never counts.</summary>
public sealed class CeremonyJournalTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("vg-journal-").FullName, "slot");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory]
    [InlineData(true), InlineData(false)]
    public void The_last_snapshot_counts(bool isDurable)
    {
        using (var journal = Open())
        {
            foreach (var text in (string[])["first", "second", "third"]) Append(journal, text, isDurable);
        }

        Assert.Equal("third", Last());
    }

    [Fact]
    public void A_ceremony_that_is_over_leaves_nothing_that_can_be_read()
    {
        using (var journal = Open())
        {
            Append(journal, "over", isDurable: true);
            journal.Release();
        }

        Assert.Null(Last());
        Assert.True(new FileInfo(_path).Length > 0);
    }

    [Fact]
    public void What_a_longer_ceremony_left_behind_a_shorter_one_is_not_read()
    {
        using (var journal = Open())
        {
            for (var i = 0; i < 50; i++) Append(journal, $"{i} {new string('x', 4000)}", isDurable: false);
            journal.Release();
            Append(journal, "short", isDurable: true);
        }

        Assert.Equal("short", Last());
        using (var journal = Open())
        {
            journal.ReadLast()!.Dispose();
            Append(journal, "and on", isDurable: true);
        }

        Assert.Equal("and on", Last());
    }

    [Fact]
    public void A_snapshot_that_was_cut_off_counts_as_not_written()
    {
        using (var journal = Open())
        {
            Append(journal, "whole", isDurable: true);
            Append(journal, "cut off", isDurable: true);
        }

        var bytes = File.ReadAllBytes(_path);
        var end = Array.FindLastIndex(bytes, one => one != 0);
        bytes[end] ^= 1;
        File.WriteAllBytes(_path, bytes);
        Assert.Equal("whole", Last());
    }

    private CeremonyJournal Open() => new(_path, KeyOf, _ => { });

    private static SecretBytes KeyOf(Hash256 epoch)
    {
        using var store = SecretBytes.Take("a store's own key"u8.ToArray());
        return HkdfSha256.Derive(store, epoch.AsSpan(), "journal"u8, Aes256Gcm.KeyLength);
    }

    private static void Append(CeremonyJournal journal, string text, bool isDurable)
    {
        using var snapshot = SecretBytes.Take(Encoding.UTF8.GetBytes(text));
        journal.Append(snapshot, isDurable);
    }

    private string? Last()
    {
        using var journal = Open();
        using var last = journal.ReadLast();
        if (last is null) return null;
        var text = new byte[last.Length];
        last.CopyTo(text);
        return Encoding.UTF8.GetString(text);
    }
}
