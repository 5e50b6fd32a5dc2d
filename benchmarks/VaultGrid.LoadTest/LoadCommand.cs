using System.CommandLine;

namespace VaultGrid.LoadTest;

/// <summary>The command line. Exit codes: 0 the load ran, 1 it could not (or nothing succeeded), 2 usage.</summary>
internal static class LoadCommand
{
    private static readonly Option<int> Callers = new("--callers") { Description = "closed loop: so many callers, each with one call under way (1 to 4096)", DefaultValueFactory = _ => 16 };
    private static readonly Option<double?> Rate = new("--rate") { Description = "open loop: so many calls start each second, whatever the grid does; latency counts from when a call should have started" };
    private static readonly Option<int> Duration = new("--duration") { Description = "seconds (1 to 3600)", DefaultValueFactory = _ => 30 };
    private static readonly Option<string> Mix = new("--mix") { Description = "shares of sign, audit and status calls", DefaultValueFactory = _ => "sign=90,audit=1,status=9" };
    private static readonly Option<DirectoryInfo> Output = new("--output") { Description = "where load.json and load.svg go", DefaultValueFactory = _ => new DirectoryInfo("artifacts/load") };
    private static readonly Option<string?> Grid = new("--grid") { Description = "a running grid on this machine, https://127.0.0.1:port; without it one is started (one cluster of three nodes)" };
    private static readonly Option<int> Silos = new("--silos") { Description = "without --grid: so many silos; more than one needs a build on Orleans", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> ClientCertificate = new("--client-cert") { Description = "with --grid: the client's certificate, PEM" };
    private static readonly Option<string?> ClientKey = new("--client-key") { Description = "with --grid: its key, PEM, encrypted" };
    private static readonly Option<string?> PassphraseFile = new("--passphrase-file") { Description = "with --grid: the passphrase of all keys named here" };
    private static readonly Option<string?> RootFile = new("--root") { Description = "with --grid: the Root CA's certificate, PEM" };
    private static readonly Option<string?> Authorities = new("--authorities") { Description = "with --grid: the CA bundle, PEM" };
    private static readonly Option<string[]> Admin = new("--admin") { Description = "with --grid: CERTIFICATE,KEY of an administrator who approves; once for each that the quorum needs" };
    private static readonly Option<uint> Cluster = new("--cluster") { Description = "with --grid: the cluster", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Key = new("--key") { Description = "with --grid: the key; its policy must allow raw digests at m/44'/60'/0'/0/*", DefaultValueFactory = _ => "treasury" };

    public static RootCommand Root()
    {
        var root = new RootCommand("Puts a VaultGrid on this machine under load and says what callers saw. Ctrl-C ends it early, with results.")
        {
            Callers, Rate, Duration, Mix, Output, Grid, Silos, ClientCertificate, ClientKey, PassphraseFile, RootFile, Authorities, Admin, Cluster, Key,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var plan = Plan(parsed);
            await using LoadTarget target = parsed.GetValue(Grid) is { } address ? Running(parsed, address) : await OwnTarget.StartAsync(parsed.GetValue(Silos), cancellationToken);
            var result = await new LoadRun(target, plan).RunAsync(cancellationToken);
            var picture = ResultFiles.Write(parsed.GetValue(Output)!, plan, result);
            Console.WriteLine(picture);
            return result.Operations.Any(operation => operation.Succeeded > 0) ? 0 : 1;
        }
        catch (UsageException usage)
        {
            await Console.Error.WriteLineAsync($"loadtest: error: {usage.Message}");
            return 2;
        }
        catch (Exception failure) when (failure is LocalGridException or LoadException or IOException)
        {
            await Console.Error.WriteLineAsync($"loadtest: error: {failure.Message}");
            return 1;
        }
    }

    private static LoadPlan Plan(ParseResult parsed)
    {
        var (callers, rate, duration) = (parsed.GetValue(Callers), parsed.GetValue(Rate), parsed.GetValue(Duration));
        if (callers is < 1 or > 4096) throw new UsageException("--callers is 1 to 4096");
        if (rate is <= 0 or > 100_000) throw new UsageException("--rate is above 0 and at most 100000");
        if (duration is < 1 or > 3600) throw new UsageException("--duration is 1 to 3600 seconds");
        return new LoadPlan(callers, rate, TimeSpan.FromSeconds(duration), OperationMix.Parse(parsed.GetValue(Mix)!));
    }

    private static RunningTarget Running(ParseResult parsed, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)) throw new UsageException($"'{text}' is no address");
        if (!address.IsLoopback) throw new UsageException($"{address} is not on this machine: load is put on loopback addresses alone");
        string File(Option<string?> option) => parsed.GetValue(option) ?? throw new UsageException($"--grid needs {option.Name}");
        var files = new TargetFiles(
            File(ClientCertificate), File(ClientKey), File(PassphraseFile), File(RootFile), File(Authorities),
            [.. (parsed.GetValue(Admin) ?? []).Select(pair => pair.Split(',') is [var certificate, var key] ? (certificate, key) : throw new UsageException("--admin is CERTIFICATE,KEY"))]);
        if (!KeyId.TryParse(parsed.GetValue(Key), out var name)) throw new UsageException($"'{parsed.GetValue(Key)}' is not the name of a key");
        return RunningTarget.Open(address, files, new ClusterId(parsed.GetValue(Cluster)), name);
    }
}
