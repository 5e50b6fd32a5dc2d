using System.Globalization;

namespace VaultGrid.Enclave;

/// <summary>The folder of the log's files, beside the store. A file is named by its chain (the D key's hash, 8 bytes) and its first entry's number; an operator may move old ones away.</summary>
internal sealed class AuditFolder(string path, long segmentBytes)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int ChainDigits = 16;

    /// <summary>How long a file gets before the next is begun.</summary>
    public long SegmentBytes => segmentBytes;

    /// <summary>Makes the folder where needed.</summary>
    public void Make() => Directory.CreateDirectory(path, OwnerOnly);

    /// <summary>The file that begins with an entry.</summary>
    public string FileOf(CertificateKey chain, ulong first) =>
        Path.Combine(path, $"{chain.Fingerprint[..ChainDigits]}-{first.ToString("D20", CultureInfo.InvariantCulture)}.log");

    /// <summary>The numbers with which a chain's files begin, ascending.</summary>
    public List<ulong> Firsts(CertificateKey chain)
    {
        if (!Directory.Exists(path)) return [];
        var prefix = chain.Fingerprint[..ChainDigits] + "-";
        var firsts = new List<ulong>();
        foreach (var file in Directory.EnumerateFiles(path, prefix + "*.log"))
        {
            if (ulong.TryParse(Path.GetFileNameWithoutExtension(file).AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first)) firsts.Add(first);
        }

        firsts.Sort();
        return firsts;
    }

    /// <summary>Makes a file's name durable.</summary>
    public void Sync() => DurableFile.SyncDirectory(path);
}
