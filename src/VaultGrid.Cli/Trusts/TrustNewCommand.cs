using System.CommandLine;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

internal sealed class TrustNewCommand : LeafCommand
{
    private readonly Option<string[]> _hsms = new("--hsm") { Description = "File of an HSM's public keys ('trust hsm-key'); may be given again", HelpName = "FILE", Required = true };
    private readonly Option<string[]> _operators = new("--operator") { Description = "Certificate of an operator; may be given again", HelpName = "FILE", DefaultValueFactory = _ => [] };
    private readonly Option<int> _quorum = new("--quorum") { Description = "How many operators must sign: more than half of them", HelpName = "N" };
    private readonly Option<bool> _bootstrap = new("--bootstrap") { Description = "A Bootstrap Trust: no operators, approved by the administrators, for the operators' own keys" };
    private readonly Option<string?> _after = new("--after") { Description = "File of the Trust that it follows; without it, it begins a chain", HelpName = "FILE" };
    private readonly Option<string> _out = new("--out") { Description = "Where the unsigned Trust goes", HelpName = "FILE", Required = true };

    public TrustNewCommand()
        : base(
            "new",
            "Write an unsigned Trust; needs no grid",
            "vaultgrid trust new --hsm hsm-1.json --hsm hsm-2.json --operator operator-1.pem --operator operator-2.pem --operator operator-3.pem --quorum 2 --out trust.json")
    {
        foreach (var option in new Option[] { _hsms, _operators, _quorum, _bootstrap, _after, _out }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var hsms = run.Get(_hsms).Select(TrustFile.ReadHsmKey).ToList();
        var operators = run.Get(_operators).Select(CertificateFile.Read).ToList();
        if (run.Get(_bootstrap) != (operators.Count == 0)) throw CommandEndedException.Usage("give --operator for each operator, or --bootstrap for a Trust without any");
        if (operators.FirstOrDefault(certificate => certificate.Role != CertificateRole.Operator) is { } other)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.CertificateRole, $"{other} is no operator"));

        var before = run.Get(_after) is { } after ? TrustFile.Read(after).Body : null;
        var chain = before?.Id ?? hsms[0].Chain;
        if (hsms.FirstOrDefault(hsm => hsm.Chain != chain) is { } foreign)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustChain, $"the wrap key of {foreign.Hsm.Signatory} was made for chain {foreign.Chain}, not for {chain}"));

        return Task.FromResult(Write(path, TrustBody.Create(before, chain, hsms.Select(hsm => hsm.Hsm), operators, run.Get(_quorum)).OrEnd(), before));
    }

    public static Report Write(string path, TrustBody body, TrustBody? before)
    {
        var trust = Trust.Of(body);
        new OutputFiles().Add(path, TrustFile.ToFile(TrustFile.TrustKind, trust.ToBytes())).Write();
        var json = TrustText.Json(trust);
        json["file"] = path;
        return TrustText.Fill(new Report(json).Line($"wrote {path}"), trust, before);
    }
}
