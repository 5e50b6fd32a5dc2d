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
        var rows = new Option<FileInfo?>("--rows") { Description = "where a process that measures a part leaves its rows", HelpName = "FILE", Hidden = true };
        var root = new RootCommand("Measures VaultGrid against raw cryptography, in one run on one machine.") { output, quick, full, only, soak, rows };
        root.SetAction((parsed, cancel) => ToldAsync(async () =>
        {
            var (effort, groups) = (Effort.Of(parsed.GetValue(quick), parsed.GetValue(full)), parsed.GetValue(only) is { Length: > 0 } some ? some : Suite.Groups);
            var report = new Report();
            if (parsed.GetValue(rows) is { } left)
            {
                await Suite.RunAsync(report, effort, groups, parsed.GetValue(soak), cancel);
                PartProcess.Leave(report, left);
                return;
            }

            string[] options = [.. Said(parsed, quick), .. Said(parsed, full), .. parsed.GetValue(soak) is { } requests ? ["--soak", $"{requests}"] : (string[])[]];
            foreach (var part in Suite.Parts.Select(part => part.Where(groups.Contains).ToList()).Where(part => part.Count > 0))
                await PartProcess.MeasureAsync(report, part, options, cancel);
            report.Write(parsed.GetValue(output)!, effort);
        }));
        return root;
    }

    private static string[] Said(ParseResult parsed, Option<bool> option) => parsed.GetValue(option) ? [option.Name] : [];

    private static async Task<int> ToldAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception failure) when (failure is LocalGridException or BenchmarkException)
        {
            await Console.Error.WriteLineAsync($"benchmarks: error: {failure.Message}");
            return 1;
        }
    }
}
