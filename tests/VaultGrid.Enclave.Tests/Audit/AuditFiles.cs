namespace VaultGrid.Enclave.Tests;

/// <summary>The files of an enclave's log, cut into batches, as somebody with the disk in hand would do it.</summary>
internal static class AuditFiles
{
    public static IReadOnlyList<string> Of(TestStore store) => [.. Directory.GetFiles(Path.Combine(store.StoreFolder, "audit"), "*.log").Order(StringComparer.Ordinal)];

    /// <summary>Where each batch stands: its start and length.</summary>
    public static List<(int At, int Length)> Batches(byte[] file)
    {
        var batches = new List<(int, int)>();
        for (var at = AuditFrame.HeadLength; at < file.Length;)
        {
            // While it is open a file ends in zeros.
            if (AuditFrame.ReadPrefix(file.AsSpan(at)).Length is not (> 0 and var content)) break;
            var length = AuditFrame.Prefix + (int)content;
            batches.Add((at, length));
            at += length;
        }

        return batches;
    }

    /// <summary>The file with its batches chosen and ordered anew.</summary>
    public static void Arrange(string path, Func<List<(int At, int Length)>, IEnumerable<(int At, int Length)>> choose)
    {
        var file = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. file[..AuditFrame.HeadLength], .. choose(Batches(file)).SelectMany(batch => file[batch.At..(batch.At + batch.Length)])]);
    }

    /// <summary>All entries of a node's log, verified under its certificate.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAsync(TestNode node)
    {
        var entries = new List<AuditEntry>();
        AuditChain? chain = null;
        while (true)
        {
            var part = await node.AskAsync(new AuditEntriesCall((chain?.Number ?? 0) + 1));
            if (part.Batches.Count == 0) return entries;
            chain ??= new AuditChain(node.Id, VaultGrid.Model.Certificates.RoleCertificate.Parse(part.Certificate.Span).Value.Key);
            foreach (var batch in part.Batches) entries.AddRange(batch.Follow(chain).Value);
        }
    }
}
