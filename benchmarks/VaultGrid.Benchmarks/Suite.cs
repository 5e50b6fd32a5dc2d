namespace VaultGrid.Benchmarks;

/// <summary>All groups of rows, in the order of the table.</summary>
internal static class Suite
{
    /// <summary>Groups that are measured in one process: rows of one are peers of another's, or they share a grid.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Parts =
        [["raw", "softhsm"], ["bls"], ["paillier"], ["engine"], ["files"], ["domains"], ["threshold"], ["hsm"], ["orleans"], ["log", "soak", "signing", "accounts"]];

    public static readonly IReadOnlyCollection<string> Groups = [.. Parts.SelectMany(part => part)];

    public static async Task RunAsync(Report report, Effort effort, IReadOnlyCollection<string> groups, int? soak, CancellationToken cancellationToken)
    {
        if (groups.Contains("raw")) Group("raw cryptography", () => RawRows.Measure(report, effort));
        if (groups.Contains("softhsm")) Group("SoftHSM2 over PKCS#11", () => SoftHsmRows.Measure(report, effort));
        if (groups.Contains("bls")) Group("BLS12-381", () => BlsRows.Measure(report, effort));
        if (groups.Contains("paillier")) Group("Paillier", () => PaillierRows.Measure(report, effort));
        if (groups.Contains("engine"))
        {
            Progress.Say("grain engine");
            await EngineRows.MeasureAsync(report, effort, cancellationToken);
        }

        if (groups.Contains("files"))
        {
            Progress.Say("files");
            await FileRows.MeasureAsync(report, effort, cancellationToken);
        }

        if (groups.Contains("domains"))
        {
            Progress.Say("Domains: bringing up one cluster of three nodes");
            await using var site = await DomainSite.BringUpAsync(cancellationToken);
            await DomainRows.MeasureAsync(report, effort, site, cancellationToken);
            await GridDomainRows.MeasureAsync(report, effort, site, cancellationToken);
        }

        if (groups.Contains("threshold"))
        {
            Progress.Say("bringing up five clusters that sign together");
            await using var together = await TogetherGrid.BringUpAsync(cancellationToken);
            await ThresholdRows.MeasureAsync(report, effort, together, cancellationToken);
        }

        if (groups.Contains("hsm"))
        {
            await SharedKeyRows.MeasureAsync(report, effort, 4, 1, cancellationToken);
            await SharedKeyRows.MeasureAsync(report, effort, 7, 2, cancellationToken);
            if (effort.Generations > 0)
            {
                await SharedKeyRows.GenerateOnlyAsync(report, effort, 4, 1, cancellationToken);
                await SharedKeyRows.GenerateOnlyAsync(report, effort, 7, 2, cancellationToken);
            }
        }

        if (groups.Contains("orleans")) await OrleansRows.MeasureAsync(report, effort, cancellationToken);
        string[] ofSigning = ["log", "soak", "signing", "accounts"];
        if (!ofSigning.Any(groups.Contains)) return;

        Progress.Say("bringing up one cluster of three nodes");
        await using var grid = await SigningGrid.BringUpAsync(cancellationToken);
        var log = new AuditLogRows(grid);
        if (groups.Contains("log")) await log.BeginAsync(report, effort, cancellationToken);
        if (groups.Contains("soak")) await SoakRows.MeasureAsync(report, grid, soak ?? effort.Count(SoakRows.Usual), cancellationToken);
        if (groups.Contains("signing")) await SigningRows.MeasureAsync(report, effort, grid, cancellationToken);
        if (groups.Contains("accounts")) await AccountRows.MeasureAsync(report, effort, grid, cancellationToken);
        if (groups.Contains("log")) await log.EndAsync(report, effort, cancellationToken);
    }

    private static void Group(string name, Action measure)
    {
        Progress.Say(name);
        measure();
    }
}
