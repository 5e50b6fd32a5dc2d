using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Channels;
using VaultGrid.Cli.Grids;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Relays;

/// <summary>The internal relay's hand at a channel: carries out verified messages at the internal relay and puts signed answers back.</summary>
internal sealed class RelayServeCommand : LeafCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string> _channel = new("CHANNEL") { Description = "The channel's directory" };
    private readonly Option<string> _memory = new("--memory") { Description = "A directory that remembers what was answered; the other side must not reach it", HelpName = "DIR", Required = true };
    private readonly Option<string[]> _peers = new("--peer") { Description = "A relay whose messages are carried out, such as vaultgrid://relay/outer; may be given again", HelpName = "URI", Required = true };
    private readonly Option<bool> _once = new("--once") { Description = "Serve what lies there and end" };

    public RelayServeCommand()
        : base(
            "serve",
            "Carry out a channel's messages at the internal relay, with a relay's certificate (--client-cert, --client-key)",
            "vaultgrid relay serve channel --memory answered --peer vaultgrid://relay/outer --grid https://inner:8443 --client-cert inner.pem --client-key inner.key")
    {
        Arguments.Add(_channel);
        foreach (var option in new Option[] { _memory, _peers, _once }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        foreach (var peer in run.Get(_peers))
        {
            if (!CertificateIdentity.Parse(peer).Is(out var identity, out _) || identity.Role != CertificateRole.Relay)
                throw CommandEndedException.Usage($"'{peer}' in --peer is not a relay's identity, such as vaultgrid://relay/outer");
        }

        using var door = GridDoor.Open(run);
        if (door.Identity.Certificate.Role != CertificateRole.Relay)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.CertificateRole, $"{door.Identity.Certificate.Identity} is no relay: a channel is served with a relay's certificate"));
        var options = new ChannelServerOptions { Address = door.Address, Peers = run.Get(_peers) };
        using var server = new ChannelServer(
            new ChannelDirectory(run.Get(_channel)), new AnsweredMessages(run.Get(_memory), run.Time), options, door.Identity, door.Authorities, run.Time);

        if (run.Get(_once)) return Report(await server.ServeAsync(run.Cancellation));
        run.Screen.Progress($"serving {run.Get(_channel)} as {door.Identity.Certificate.Identity}; Ctrl-C ends");
        while (true)
        {
            foreach (var served in await server.ServeAsync(run.Cancellation)) run.Screen.Progress(Line(served));
            await RefreshAsync(run, door);
            await Task.Delay(Poll, run.Time, run.Cancellation);
        }
    }

    private DateTimeOffset _refreshed;

    // News of revocations has to reach a process that runs for months.
    private async Task RefreshAsync(Invocation run, GridDoor door)
    {
        if (run.Now - _refreshed < TimeSpan.FromMinutes(1)) return;
        _refreshed = run.Now;
        if ((await door.Grid.GetAuthoritiesAsync(run.Cancellation)).Is(out var file, out _) && AuthorityBundle.ParsePem(file.Pem).Is(out var bundle, out _))
            _ = door.Authorities.Take(bundle, run.Now);
    }

    private static Report Report(IReadOnlyList<ServedMessage> all)
    {
        var report = new Report(new JsonObject
        {
            ["messages"] = new JsonArray([.. all.Select(served => (JsonNode)new JsonObject
            {
                ["message"] = served.Subject.ToString(), ["repeated"] = served.IsRepeated,
                ["refusal"] = served.Refusal is { } refusal ? new JsonObject { ["code"] = refusal.Code.Name(), ["detail"] = refusal.Detail } : null,
            })]),
        })
        {
            Exit = all.Any(served => served.Refusal is not null) ? ExitCode.Refused : ExitCode.Done,
        };
        report.Line($"{all.Count} messages served");
        foreach (var served in all) report.Line(Line(served));
        return report;
    }

    private static string Line(ServedMessage served) => served switch
    {
        { Refusal: { } refusal } => $"{served.Subject}: refused: {refusal.Code.Name()}: {refusal.Detail}",
        { IsRepeated: true } => $"{served.Subject}: answered before, and again",
        _ => $"{served.Subject}: answered",
    };
}
