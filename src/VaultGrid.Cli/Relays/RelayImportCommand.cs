using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Channels;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Relays;

/// <summary>Puts carried lines into a channel: what a reader of QR codes wrote, or an exported file; in any order, as often as they come.</summary>
internal sealed class RelayImportCommand : LeafCommand
{
    private const int LongestFile = 64 << 20;

    private readonly Argument<string> _channel = new("CHANNEL") { Description = "The channel's directory" };
    private readonly Argument<string[]> _files = new("FILE") { Description = "Files of lines; - is standard input", Arity = ArgumentArity.OneOrMore };

    public RelayImportCommand()
        : base(
            "import",
            "Put messages into a channel that were carried as text or read from QR pictures",
            "vaultgrid relay import channel lines.txt\nfrom pictures: zbarimg -q --raw pictures/*.png | vaultgrid relay import channel -")
    {
        Arguments.Add(_channel);
        Arguments.Add(_files);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var channel = new ChannelDirectory(run.Get(_channel));
        var assembler = new ChunkAssembler();
        var taken = new List<Hash256>();
        foreach (var line in run.Get(_files).SelectMany(file => InputFile.Text(file, LongestFile).Split('\n')).Where(line => line.Trim().Length > 0))
        {
            _ = assembler.Take(line, out var message).OrEnd();
            if (message is null) continue;
            var subject = message.Subject().OrEnd();
            channel.Put(subject, message);
            taken.Add(subject);
        }

        var missing = assembler.Missing;
        var report = new Report(new JsonObject
        {
            ["messages"] = new JsonArray([.. taken.Select(subject => (JsonNode)subject.ToString())]),
            ["missing"] = new JsonArray([.. missing.Select(message => (JsonNode)new JsonObject
            {
                ["message"] = message.Message, ["parts"] = new JsonArray([.. message.Missing.Select(part => (JsonNode)part)]),
            })]),
        })
        {
            Exit = missing.Count == 0 ? ExitCode.Done : ExitCode.Refused,
        };
        report.Line($"{taken.Count} messages taken");
        foreach (var (message, parts) in missing) report.Field($"missing of {message}", string.Join(", ", parts));
        return Task.FromResult(report);
    }
}
