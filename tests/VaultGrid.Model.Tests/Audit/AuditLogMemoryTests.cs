using System.Diagnostics;

namespace VaultGrid.Model.Tests.Audit;

/// <summary>Looks at the heap of the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AuditLogMemoryTests), DisableParallelization = true)]
[Collection(nameof(AuditLogMemoryTests))]
public sealed class AuditLogMemoryTests
{
    /// <summary>A hundred thousand entries in the ordinary run, a million with <c>VAULTGRID_AUDIT_ENTRIES=1000000</c>.</summary>
    [Fact]
    public void Any_number_of_entries_is_verified_in_constant_memory()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("VAULTGRID_AUDIT_ENTRIES"), out var asked) ? asked : 100_000;
        var log = new MergedLog(0, 0);
        var verifier = log.Verifier();
        var (started, early) = (Stopwatch.StartNew(), 0L);
        for (var batch = 0; batch * 100 < count; batch++)
        {
            // Made and forgotten, as a reader of a file would.
            foreach (var row in log.Batch(batch % 2, 100, keep: false))
            {
                if (!verifier.Take(row.Position, row.Chain, row.Entry, row.Signature).Is(out _, out var refusal)) Assert.Fail(refusal.Detail);
            }

            if (batch == count / 500) early = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.Null(verifier.End((ulong)count, log.Tree.Root).Refusal);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;
        TestContext.Current.SendDiagnosticMessage($"{count} entries made and verified in {started.Elapsed.TotalSeconds:0.0} s, {grown} bytes more at the end than after a fifth");
        Assert.True(grown < 4_000_000, $"{grown} bytes more at the end than after a fifth");
    }
}
