using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustRemoveHsmCommand : LeafCommand
{
    private readonly TrustInput _trust = new();
    private readonly Option<NodeId> _node = new("--node") { Description = "The HSM, as cluster/node", HelpName = "NODE", Required = true, CustomParser = Inputs.Node };
    private readonly Option<string> _out = new("--out") { Description = "Where the unsigned successor goes", HelpName = "FILE", Required = true };

    public TrustRemoveHsmCommand()
        : base("remove-hsm", "Write the unsigned successor of a Trust without one of its HSMs, all else the same", "vaultgrid trust remove-hsm trust.json --node 1/3 --out trust-2.json")
    {
        Arguments.Add(_trust.Argument);
        foreach (var option in new Option[] { _node, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var before = (await _trust.ReadAsync(run)).Body;
        var identity = CertificateIdentity.Device(run.Get(_node));
        if (before.Hsms.All(hsm => hsm.Certificate.Identity != identity))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustStranger, $"this Trust doesn't name {identity}"));
        var next = TrustBody.Create(before, before.Id, before.Hsms.Where(hsm => hsm.Certificate.Identity != identity), before.Operators, before.Quorum).OrEnd();
        return TrustNewCommand.Write(path, next, before)
            .Line($"when it is sealed: re-wrap its Domains, then have {identity} retire ('vaultgrid trust retire'); if it may be compromised, 'vaultgrid domain rotate --new-master' for each");
    }
}
