using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Domains;

/// <summary>Decrypts a file here; an HSM opens its key. A chunk's plaintext is written only after the chunk was verified, and a file gets its name only when its end was.</summary>
internal sealed class DecryptCommand : LeafCommand
{
    private readonly Option<string?> _domain = new("--domain") { Description = DomainInput.Description + " (else the grid's, by the file's header)", HelpName = "ID|FILE" };
    private readonly Argument<string> _input = new("IN") { Description = "The encrypted file ('-': standard input)" };
    private readonly Argument<string> _output = new("OUT") { Description = "Where the plaintext goes ('-': standard output, each chunk once it is verified: mind the exit code)" };

    public DecryptCommand()
        : base("decrypt", "Decrypt a file of a Domain", "vaultgrid decrypt report.pdf.vault report.pdf\nvaultgrid decrypt - - < folder.tar.vault | tar x")
    {
        Options.Add(_domain);
        Arguments.Add(_input);
        Arguments.Add(_output);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (inPath, outPath) = (run.Get(_input), run.Get(_output));
        DataStreams.CheckOutput(outPath);
        await using var input = DataStreams.OpenInput(inPath);
        var header = (await FileHeader.ReadAsync(input, run.Cancellation)).OrEnd(inPath);
        var id = new DomainId(header.Domain);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain) ?? id.ToString());
        using var fileKey = await run.Domains.UnwrapAsync(domain, header, run.Cancellation).OrEnd();

        using var progress = new ProgressLine("decrypting", DataStreams.LengthOf(input), run.Screen.ShowsProgress);
        await using var output = OutputData.Open(outPath);
        var outcome = await FileEncryption.DecryptAsync(fileKey, header, input, output.Stream, progress, run.Cancellation);
        progress.Dispose();
        if (outcome.Refusal is { } refusal) throw Failed(refusal, progress.Done, outPath);
        await output.CommitAsync(run.Cancellation);
        return FileReport.Of(run, outPath, new JsonObject { ["domain"] = id.ToString(), ["masterVersion"] = header.MasterVersion, ["bytes"] = progress.Done }, $"decrypted a file of Domain {id}");
    }

    // The chunks before are good: a transfer can be taken up behind them, whatever became of the rest.
    private static CommandEndedException Failed(Refusal refusal, long good, string output)
    {
        var written = output == "-" ? "what was written is a true beginning, but not the file" : "nothing was written";
        var hint = string.Create(
            CultureInfo.InvariantCulture,
            $"{written}; the file's first {FileHeader.Length + good} bytes are whole: fetch it again from there ('curl -C {FileHeader.Length + good}'), then decrypt again");
        return new CommandEndedException(ExitCode.Refused, refusal.Code.Name(), refusal.Detail, hint);
    }
}
