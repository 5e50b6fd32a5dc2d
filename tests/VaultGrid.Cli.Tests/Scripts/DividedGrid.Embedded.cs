using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using VaultGrid.Channels;
using VaultGrid.Client;
using VaultGrid.Crypto;
using VaultGrid.Dealing;
using VaultGrid.LocalGrid;
using VaultGrid.Model;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>
/// Three clusters whose silos no network connects: the near one has cluster 1 and a channel to the others, whose messages lie in <c>outside</c>; the far one has clusters 2 and 3, and
/// <c>vaultgrid relay serve</c> at its side of the channel, <c>inside</c>. Somebody carries lines of text between the two, in no order. Every part is a process of its own.
/// </summary>
internal sealed class DividedGrid : IAsyncDisposable
{
    private readonly LocalVaultGrid _grid;
    private readonly List<Process> _processes = [];
    private readonly CancellationTokenSource _carrying = new();
    private Task _carrier = Task.CompletedTask;

    private DividedGrid(LocalVaultGrid grid, string directory) => (_grid, Folder) = (grid, directory);

    /// <summary>The near grid's relay, the ceremony, the enclaves.</summary>
    public LocalVaultGrid Near => _grid;

    /// <summary>Where the channel's two sides are.</summary>
    public string Folder { get; }

    /// <summary>The far grid's relay.</summary>
    public Uri Far { get; private set; } = null!;

    /// <summary>How many messages were carried, one way or the other.</summary>
    public int Carried { get; private set; }

    /// <summary>Brings it up whole, with a key dealt but not imported, and then divides it.</summary>
    public static async Task<(DividedGrid Grid, RequestDocument Deal, byte[] Package)> StartAsync(Func<LocalVaultGrid, KeyPolicy> first, CancellationToken cancellationToken)
    {
        var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Clusters = 3, Nodes = 1 }, null, TimeProvider.System, cancellationToken);
        var divided = new DividedGrid(grid, Directory.CreateTempSubdirectory("vg-two-").FullName);
        try
        {
            var policy = first(grid);
            var wrapKeys = new List<VerifiedWrapKey>();
            foreach (var cluster in grid.Clusters)
            {
                var told = (await grid.Client.GetWrapKeyAsync(new NodeId(cluster, 1), policy.KeyId, cancellationToken)).Value;
                wrapKeys.Add(VerifiedWrapKey.Verify(new(told.Statement, told.Certificate, told.Signature), policy.KeyId, grid.Ceremony.Trusted(), TimeProvider.System.GetUtcNow()).Value);
            }

            using var random = System.Security.Cryptography.RandomNumberGenerator.Create();
            var dealt = DealCeremony.Deal(new DealOrder { FirstPolicy = policy, Threshold = 2, Recipients = wrapKeys }, random, null, cancellationToken).Value;
            await divided.DivideAsync(cancellationToken);
            return (divided, grid.Requests.Deal(policy, dealt.Manifest, [.. grid.Clusters]), dealt.Package.ToBytes());
        }
        catch
        {
            await divided.DisposeAsync();
            throw;
        }
    }

    /// <summary>A relay of the external side.</summary>
    public TlsIdentity Identity(string name) => TlsIdentity.FromPem(
        File.ReadAllText(Path.Combine(Folder, name + ".pem")), File.ReadAllText(Path.Combine(Folder, name + ".key")),
        Encoding.UTF8.GetBytes(File.ReadAllText(_grid.Ceremony.PassphraseFile).Trim())).Value;

    /// <summary>The grid behind a channel of its own, for which nobody waits: what is asked lies in a directory until it is carried.</summary>
    public VaultGridClient Through(string channel, TlsIdentity identity)
    {
        var options = new ChannelOptions { Peer = "vaultgrid://relay/hand", Patience = TimeSpan.Zero };
        var handler = new ChannelHandler(new ChannelDirectory(Path.Combine(Folder, channel)), options, identity, new KnownAuthorities(_grid.Ceremony.Trusted()), TimeProvider.System);
        return VaultGridClient.Over(new VaultGridClientOptions { Address = new Uri("https://channel.invalid"), Retries = 0 }, handler, TimeProvider.System).Value;
    }

    /// <summary>Runs a shell command where the channels are.</summary>
    public async Task<string> RunAsync(string shell)
    {
        var run = await CommandRun.OfAsync(Folder, shell, GridEnvironment.Of(_grid));
        Assert.True(run.ExitCode == 0, $"{shell}\n{run.Output}\n{run.Error}");
        return run.Output;
    }

    public async ValueTask DisposeAsync()
    {
        await _carrying.CancelAsync();
        await _carrier;
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await _grid.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        _carrying.Dispose();
    }

    private async Task DivideAsync(CancellationToken cancellationToken)
    {
        await _grid.Silo.DisposeAsync();
        var file = Path.Combine(_grid.Directory, "silo", "silo.json");
        var far = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!;
        var near = far.DeepClone();
        Keep(far, cluster => cluster != "1");
        Keep(near, cluster => cluster == "1");

        var port = FreePort();
        Far = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}"));
        (far["VaultGrid"]!["Relay"]!["Port"], far["VaultGrid"]!["Storage"]!["Directory"]) = (port, Path.Combine(Folder, "far"));
        var farFile = Path.Combine(Folder, "far.json");
        await File.WriteAllTextAsync(farFile, far.ToJsonString(), cancellationToken);
        Start(LocalProgram.Find(LocalProgram.Silo), "run", "--config", farFile);

        // Somebody walks between the two: a step may take its time.
        near["VaultGrid"]!["Grains"] = new JsonObject { ["Sessions"] = new JsonObject { ["StepTimeout"] = "00:00:25", ["Deadline"] = "00:00:28", ["Presign"] = 0 } };
        near["VaultGrid"]!["Relay"]!["Remotes"] = new JsonArray(new JsonObject
        {
            ["Clusters"] = new JsonArray(2, 3), ["Channel"] = new JsonObject { ["Directory"] = Path.Combine(Folder, "outside"), ["Peer"] = "vaultgrid://relay/hand" },
        });
        await File.WriteAllTextAsync(file, near.ToJsonString(), cancellationToken);

        var environment = GridEnvironment.Of(_grid);
        _ = await RunAsync(
            "cp -r \"$C/ca\" ca && for name in outer hand; do vaultgrid ca issue ca relay $name --out $name.pem --dns localhost --key-out $name.key --key-passphrase-file \"$C/passphrase\" --passphrase-file \"$C/passphrase\" --unsafe-fast-passphrase; done");
        _carrier = Task.Run(CarryAsync, CancellationToken.None);
        Start(
            LocalProgram.Find(LocalProgram.Cli), "relay", "serve", Path.Combine(Folder, "inside"), "--memory", Path.Combine(Folder, "answered"), "--peer", "vaultgrid://relay/local", "--grid", Far.ToString(),
            "--client-cert", Path.Combine(Folder, "hand.pem"), "--client-key", Path.Combine(Folder, "hand.key"), "--passphrase-file", environment["VAULTGRID_PASSPHRASE_FILE"],
            "--grid-authorities", environment["VAULTGRID_AUTHORITIES"]);
        Start(LocalProgram.Find(LocalProgram.Silo), "run", "--config", file);
        while ((await _grid.Client.GetGridAsync(cancellationToken)).Refusal is not null) await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    private static void Keep(JsonNode configuration, Func<string, bool> wanted)
    {
        var enclaves = configuration["VaultGrid"]!["Enclaves"]!.AsArray();
        foreach (var other in enclaves.Where(enclave => !wanted(enclave!["Node"]!.GetValue<string>().Split('/')[0])).ToList()) enclaves.Remove(other);
    }

    // As people do who read pictures: whatever lies there, line by line, in any order.
    private async Task CarryAsync()
    {
        var (outside, inside) = (new ChannelDirectory(Path.Combine(Folder, "outside")), new ChannelDirectory(Path.Combine(Folder, "inside")));
        var carried = new HashSet<Hash256>();
        while (!_carrying.IsCancellationRequested)
        {
            foreach (var subject in outside.Requests) Carry(outside.Request(subject), inside, subject, carried);
            foreach (var subject in inside.Answers) Carry(inside.Answer(subject), outside, subject, carried);
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
    }

    private void Carry(Outcome<ChannelMessage>? lying, ChannelDirectory to, Hash256 subject, HashSet<Hash256> carried)
    {
        if (lying is not { } outcome || !outcome.Is(out var message, out _) || !carried.Add(Hash256.Sha256(message.ToBytes()))) return;
        var assembler = new ChunkAssembler();
        foreach (var line in ChunkText.Split(message.ToBytes()).Reverse())
        {
            if (assembler.Take(line, out var whole).Refusal is { } refusal) throw new InvalidOperationException(refusal.ToString());
            if (whole is not null) to.Put(subject, whole);
        }

        Carried++;
    }

    // The shell only opens the log and becomes the program.
    private void Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null >>log.txt 2>&1", "sh", program, .. arguments]) { WorkingDirectory = Folder };
        start.Environment["VAULTGRID_CONTEXT"] = Path.Combine(Folder, "context.json");
        _processes.Add(Process.Start(start)!);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
