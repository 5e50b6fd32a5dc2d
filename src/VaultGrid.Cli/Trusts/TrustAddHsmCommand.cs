using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustAddHsmCommand : LeafCommand
{
    private readonly TrustInput _trust = new();
    private readonly Option<string[]> _hsms = new("--hsm") { Description = "File of the HSM's public keys ('trust hsm-key'); may be given again", HelpName = "FILE", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "Where the unsigned successor goes", HelpName = "FILE", Required = true };

    public TrustAddHsmCommand()
        : base("add-hsm", "Write the unsigned successor of a Trust with one more HSM, all else the same", "vaultgrid trust add-hsm trust.json --hsm hsm-4.json --out trust-2.json")
    {
        Arguments.Add(_trust.Argument);
        foreach (var option in new Option[] { _hsms, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var before = (await _trust.ReadAsync(run)).Body;
        var added = run.Get(_hsms).Select(TrustFile.ReadHsmKey).ToList();
        if (added.FirstOrDefault(hsm => hsm.Chain != before.Id) is { } foreign)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustChain, $"the wrap key of {foreign.Hsm.Signatory} was made for chain {foreign.Chain}, not for {before.Id}"));
        var next = TrustBody.Create(before, before.Id, before.Hsms.Concat(added.Select(hsm => hsm.Hsm)), before.Operators, before.Quorum).OrEnd();
        return TrustNewCommand.Write(path, next, before);
    }
}
