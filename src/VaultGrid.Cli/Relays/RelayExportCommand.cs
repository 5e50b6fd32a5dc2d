using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Channels;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Relays;

/// <summary>Takes what waits in a channel out to be carried: as lines of text, or as pictures for a reader of QR codes.</summary>
internal sealed class RelayExportCommand : LeafCommand
{
    private readonly Argument<string> _channel = new("CHANNEL") { Description = "The channel's directory" };
    private readonly Option<bool> _answers = new("--answers") { Description = "What goes back: answers instead of requests" };
    private readonly Option<string?> _out = new("--out") { Description = "Where lines of text go", HelpName = "FILE" };
    private readonly Option<string?> _pictures = new("--qr") { Description = "A new directory for pictures, one for each line", HelpName = "DIR" };

    public RelayExportCommand()
        : base("export", "Write a channel's messages as text or QR pictures, to be carried by hand", "vaultgrid relay export channel --qr pictures")
    {
        Arguments.Add(_channel);
        foreach (var option in new Option[] { _answers, _out, _pictures }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var (file, pictures) = (run.Get(_out), run.Get(_pictures));
        if (file is null == pictures is null) throw CommandEndedException.Usage("give --out FILE or --qr DIR");
        if (file is not null) _ = OutputFiles.Check(file);
        if (pictures is not null && Path.Exists(pictures)) throw CommandEndedException.Usage($"{pictures} exists already", "give a new directory: pictures of two exports are not to be mixed up");

        var lines = Messages(run).SelectMany(message => Lines(message.Subject, message.Message)).ToList();
        if (file is not null) new OutputFiles().Add(file, string.Concat(lines.Select(line => line.Text + "\n"))).Write();
        if (pictures is not null) Draw(pictures, lines);

        var messages = lines.Select(line => line.Subject).Distinct().ToList();
        var report = new Report(new JsonObject
        {
            ["messages"] = new JsonArray([.. messages.Select(subject => (JsonNode)subject.ToString())]), ["parts"] = lines.Count, ["file"] = file ?? pictures,
        }).Line($"{messages.Count} messages in {lines.Count} parts");
        return Task.FromResult(lines.Count == 0 ? report : report.Field(file is null ? "pictures" : "lines", file ?? pictures));
    }

    private IEnumerable<(Hash256 Subject, ChannelMessage Message)> Messages(Invocation run)
    {
        var path = run.Get(_channel);
        if (!Directory.Exists(path)) throw CommandEndedException.Usage($"there is no directory {path}");
        var channel = new ChannelDirectory(path);
        var answers = run.Get(_answers);
        foreach (var subject in answers ? channel.Answers : channel.Requests)
        {
            if ((answers ? channel.Answer(subject) : channel.Request(subject)) is not { } outcome) continue;
            if (outcome.Is(out var message, out var refusal)) yield return (subject, message);
            else run.Screen.Progress($"left out: {subject}: {refusal.Detail}");
        }
    }

    private static IEnumerable<(Hash256 Subject, int Part, int Parts, string Text)> Lines(Hash256 subject, ChannelMessage message)
    {
        var lines = ChunkText.Split(message.ToBytes());
        return lines.Select((line, i) => (subject, i + 1, lines.Count, line));
    }

    private static void Draw(string directory, IReadOnlyList<(Hash256 Subject, int Part, int Parts, string Text)> lines)
    {
        Directory.CreateDirectory(directory);
        foreach (var (subject, part, parts, text) in lines)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{subject.ToString()[2..14]}-{part:0000}-of-{parts:0000}.png");
            File.WriteAllBytes(Path.Combine(directory, name), QrPicture.Png(text));
        }
    }
}
