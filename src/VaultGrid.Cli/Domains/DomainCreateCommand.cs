using System.CommandLine;
using VaultGrid.Cli.Ca;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Trusts;
using VaultGrid.Client;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainCreateCommand : LeafCommand
{
    private readonly Argument<DomainId> _domain = Inputs.DomainArgument();
    private readonly Option<TrustId?> _chain = Inputs.Chain("Id of the chain of Trusts that it stands under");
    private readonly Option<string> _kind = new Option<string>("--kind") { Description = $"What its master key is: {string.Join(", ", MasterKeyKinds.Names)}", DefaultValueFactory = _ => "aes-256" }
        .Among([.. MasterKeyKinds.Names]);

    private readonly Option<string?> _owner = new("--owner") { Description = "The operator whose signing key it will be: a number or an identity", HelpName = "N|URI" };
    private readonly Option<string?> _out = new("--out") { Description = "Where its document goes; the grid keeps it in any case", HelpName = "FILE" };

    public DomainCreateCommand()
        : base("create", "Have an HSM make a Domain; your certificate claims 'create' for its id", "vaultgrid domain create 7d9b1c4e-… --chain 3f0c… --out d.json")
    {
        Arguments.Add(_domain);
        _chain.Required = true;
        foreach (var option in new Option[] { _chain, _kind, _owner, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_out) is { } path) _ = OutputFiles.Check(path);
        _ = MasterKeyKinds.TryParse(run.Get(_kind), out var kind);
        var domain = await run.Domains.CreateAsync(run.Get(_domain), kind, OperatorName.Uri(run.Get(_owner)) ?? "", run.Get(_chain)!.Value, run.Cancellation).OrEnd();
        if (run.Get(_out) is not { } target) return DomainText.Report(domain, $"made Domain {domain.Keys.Id}");
        DomainInput.Write(target, domain);
        return DomainText.Report(domain, $"made Domain {domain.Keys.Id}, wrote {target}");
    }
}
