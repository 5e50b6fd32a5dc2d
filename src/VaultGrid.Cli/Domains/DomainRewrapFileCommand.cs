using System.CommandLine;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Domains;

/// <summary>Puts a file's key under the newest master key: 100 bytes of its header change, whatever size the file has.</summary>
internal sealed class DomainRewrapFileCommand : LeafCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "An encrypted file; its header is changed in place" };
    private readonly Option<string?> _domain = new("--domain") { Description = DomainInput.Description + " (else the grid's, by the file's header)", HelpName = "ID|FILE" };

    public DomainRewrapFileCommand()
        : base("rewrap-file", "Put a file's key under the Domain's newest master key; the chunks stay as they are", "vaultgrid domain rewrap-file report.pdf.vault")
    {
        Arguments.Add(_file);
        Options.Add(_domain);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = run.Get(_file);
        if (!File.Exists(path)) throw CommandEndedException.Usage($"there is no file {path}");
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None });
        var header = (await FileHeader.ReadAsync(file, run.Cancellation)).OrEnd(path);
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain) ?? new DomainId(header.Domain).ToString());
        var json = new JsonObject { ["file"] = path, ["domain"] = domain.Keys.Id.ToString(), ["from"] = header.MasterVersion, ["to"] = domain.Keys.Current.Version };
        if (header.MasterVersion == domain.Keys.Current.Version) return new Report(json).Line($"{path} is under master key {header.MasterVersion}, the newest, already");

        var next = await run.Domains.RewrapAsync(domain, header, run.Cancellation).OrEnd();
        json["to"] = next.MasterVersion;

        // One write within the first block of the file, then to the disk.
        file.Position = 0;
        await file.WriteAsync(next.Bytes, CancellationToken.None);
        file.Flush(flushToDisk: true);
        return new Report(json).Line($"{path}: master key {header.MasterVersion} → {next.MasterVersion}");
    }
}
