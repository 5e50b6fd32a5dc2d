namespace VaultGrid.Benchmarks;

/// <summary>What memory the processes of a grid hold after so many approved signatures over REST: after the first tenth, in the middle, in the end.</summary>
internal static class SoakRows
{
    /// <summary>How many, where nobody says.</summary>
    public const int Usual = 20_000;

    private const int Clients = 32;
    private const int Parts = 10;
    private const double MiB = 1 << 20;

    public static async Task MeasureAsync(Report report, SigningGrid grid, int requests, CancellationToken cancellationToken)
    {
        Progress.Say($"a soak of {requests:N0} requests over REST");
        var (each, done) = (requests / Parts, 0);
        string? peer = null;
        for (var part = 1; part <= Parts; part++)
        {
            for (var end = part == Parts ? requests : part * each; done < end;)
            {
                // A few at a time: requests that wait to be sent are this process's memory, and none of the grid's.
                var batch = grid.Factory.Make(Math.Min(end - done, 5000), at => $"m/44'/60'/0'/0/{at}");
                await Callers.RunAsync(Clients, batch.Length, async at => batch[at].Verify(await batch[at].SignAsync(grid.Rest, cancellationToken)));
                done += batch.Length;
            }

            if (part is not (1 or Parts / 2 or Parts)) continue;
            var (silo, enclaves) = grid.Memory();
            report.Add(Silo(done), "MiB", new Sample(silo / MiB, 0), peer is null ? null : Silo(each));
            report.Add(Enclaves(done), "MiB", new Sample(enclaves / MiB, 0), peer is null ? null : Enclaves(each));
            peer ??= Silo(each);
        }
    }

    private static string Silo(int requests) => $"memory of the silo after {requests:N0} signatures";

    private static string Enclaves(int requests) => $"memory of three enclaves after {requests:N0} signatures";
}
