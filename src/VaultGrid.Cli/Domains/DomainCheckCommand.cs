using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainCheckCommand : LeafCommand
{
    private readonly Argument<string> _domain = new("DOMAIN") { Description = DomainInput.Description };
    private readonly Argument<string> _message = new("FILE") { Description = "What was signed" };
    private readonly Argument<string> _signature = new("SIGNATURE") { Description = "The signature" };

    public DomainCheckCommand()
        : base("verify", "Verify what a key-pair Domain signed; with the Domain's file no grid is needed", "vaultgrid domain use verify d.json contract.pdf contract.sig")
    {
        foreach (var argument in new[] { _domain, _message, _signature }) Arguments.Add(argument);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (message, signature) = (InputFile.Bytes(run.Get(_message), 16 * 1024 * 1024), InputFile.Bytes(run.Get(_signature), 1024));
        var domain = await DomainInput.ReadAsync(run, run.Get(_domain));
        var made = domain.Keys.Masters.FirstOrDefault(master => DomainSignatures.Verify(master, message, signature));
        var json = new JsonObject { ["domain"] = domain.Keys.Id.ToString(), ["good"] = made is not null, ["version"] = made?.Version };
        return made is not null
            ? new Report(json).Line($"a signature of Domain {domain.Keys.Id}, {MasterKeyKinds.Name(made.Kind)} version {made.Version}")
            : new Report(json) { Exit = ExitCode.Refused }.Line($"not a signature of Domain {domain.Keys.Id} over this file");
    }
}
