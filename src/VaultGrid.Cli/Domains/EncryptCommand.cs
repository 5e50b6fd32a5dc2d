using System.CommandLine;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Domains;

/// <summary>Encrypts a file here under a key that is drawn here; an HSM wraps that key for the Domain.</summary>
internal sealed class EncryptCommand : LeafCommand
{
    private readonly Option<string> _domain = new("--domain") { Description = DomainInput.Description, HelpName = "ID|FILE", Required = true };
    private readonly Argument<string> _input = new("IN") { Description = "The file ('-': standard input)" };
    private readonly Argument<string> _output = new("OUT") { Description = "Where the encrypted file goes ('-': standard output)" };

    public EncryptCommand()
        : base("encrypt", "Encrypt a file of any size for a Domain", "vaultgrid encrypt --domain d.json report.pdf report.pdf.vault\ntar c folder | vaultgrid encrypt --domain 7d9b1c4e-… - - > folder.tar.vault")
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
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        var current = domain.Keys.Current;
        if (current.Kind != MasterKeyKind.Aes256) throw CommandEndedException.Refused(new Refusal(RefusalCode.DomainUse, "files are encrypted for Domains of kind aes-256; this one has a key pair"));

        using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
        var header = await run.Domains.WrapAsync(domain, FileHeader.NewStreamPart(), fileKey, run.Cancellation).OrEnd();
        using var progress = new ProgressLine("encrypting", DataStreams.LengthOf(input), run.Screen.ShowsProgress);
        await using var output = OutputData.Open(outPath);
        await FileEncryption.EncryptAsync(fileKey, header, input, output.Stream, progress, run.Cancellation);
        await output.CommitAsync(run.Cancellation);
        progress.Dispose();
        return FileReport.Of(run, outPath, new JsonObject { ["domain"] = domain.Keys.Id.ToString(), ["masterVersion"] = header.MasterVersion, ["bytes"] = progress.Done }, $"encrypted {progress.Done} bytes for Domain {domain.Keys.Id}");
    }
}
