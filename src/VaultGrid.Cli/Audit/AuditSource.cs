using System.Security.Cryptography;
using VaultGrid.Client;

namespace VaultGrid.Cli.Audit;

/// <summary>A merged log as it is verified or exported: what it is said to be, the ends that enclaves signed, then its entries.</summary>
/// <param name="Log">Size, root and chains.</param>
/// <param name="Ends">The heads that enclaves signed, for those that answered.</param>
/// <param name="Entries">The entries, read as they are asked for.</param>
internal sealed record AuditSource(AuditLogStatus Log, IReadOnlyList<AuditSource.SignedEnd> Ends, IAsyncEnumerable<AuditEntryStatus> Entries)
{
    /// <summary>A head, signed with a nonce.</summary>
    internal sealed record SignedEnd(Hash256 Chain, ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Nonce);

    /// <summary>Asks a grid: first the enclaves for their ends, then the log, so that it must reach them.</summary>
    public static async Task<AuditSource> AskAsync(Invocation run, ClusterId cluster)
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        var before = await run.Grid.GetAuditLogAsync(cluster, run.Cancellation).OrEnd();
        var ends = new List<SignedEnd>();
        foreach (var chain in before.Chains)
        {
            // A node that was replaced, retired or is down can't sign; what stands in for it is told as unconfirmed.
            if (!(await run.Grid.GetAuditHeadAsync(chain.Node, nonce, run.Cancellation)).Is(out var said, out _)) continue;
            if (VaultGrid.Model.Certificates.RoleCertificate.Parse(said.Certificate.Span).Is(out var certificate, out _) && new Hash256(certificate.Key.SpkiHash.Span) == chain.Chain)
                ends.Add(new SignedEnd(chain.Chain, said.Statement, said.Signature, nonce));
        }

        var log = await run.Grid.GetAuditLogAsync(cluster, run.Cancellation).OrEnd();
        return new AuditSource(log, ends, EntriesAsync(run, log));
    }

    private static async IAsyncEnumerable<AuditEntryStatus> EntriesAsync(Invocation run, AuditLogStatus log)
    {
        var taken = 0ul;
        for (string? after = null; taken < log.Size;)
        {
            var page = await run.Grid.ListAuditAsync(log.Cluster, new PageQuery { After = after, Limit = PageQuery.LimitMax }, run.Cancellation).OrEnd();
            foreach (var entry in page.Items)
            {
                // What was merged since is another verification's.
                if (taken++ == log.Size) yield break;
                yield return entry;
            }

            if (page.Next is null) yield break;
            after = page.Next;
        }
    }
}
