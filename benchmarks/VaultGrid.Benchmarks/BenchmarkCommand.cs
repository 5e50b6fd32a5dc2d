using System.CommandLine;

namespace VaultGrid.Benchmarks;

/// <summary>The command line of the benchmarks. Exit codes: 0 measured, 1 a part failed, 2 usage.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Root()
    {
        var output = new Option<DirectoryInfo>("--output")
        {
            Description = "where latest.json and latest.md go", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo("benchmarks/results"),
        };
        var quick = new Option<bool>("--quick") { Description = "fewer and shorter rounds: to see that everything runs, not to quote" };
        var full = new Option<bool>("--full") { Description = "also what takes many minutes: 1,000 keys of each scheme generated" };
        var only = new Option<string[]>("--only") { Description = $"only these groups: {string.Join(", ", Suite.Groups)}", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Suite.Groups]);
        var soak = new Option<int?>("--soak") { Description = $"how many requests the group 'soak' makes ({SoakRows.Usual}); a million takes ten minutes" };
        soak.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 100) given.AddError("--soak is at least 100");
        });
        var root = new RootCommand("Measures VaultGrid against raw cryptography, in one run on one machine.") { output, quick, full, only, soak };
        root.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(output)!, Effort.Of(parsed.GetValue(quick), parsed.GetValue(full)), parsed.GetValue(only) is { Length: > 0 } some ? some : Suite.Groups, parsed.GetValue(soak), cancel));
        return root;
    }

    private static async Task<int> RunAsync(DirectoryInfo output, Effort effort, IReadOnlyCollection<string> groups, int? soak, CancellationToken cancellationToken)
    {
        try
        {
            var report = new Report();
            await Suite.RunAsync(report, effort, groups, soak, cancellationToken);
            report.Write(output, effort);
            return 0;
        }
        catch (Exception failure) when (failure is LocalGridException or BenchmarkException)
        {
            await Console.Error.WriteLineAsync($"benchmarks: error: {failure.Message}");
            return 1;
        }
    }
}
