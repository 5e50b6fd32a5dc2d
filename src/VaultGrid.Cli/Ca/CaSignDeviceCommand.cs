using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Ca;

internal sealed class CaSignDeviceCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<string> _request = new("--request") { Description = "The node's certificate request, from 'node provision'", HelpName = "FILE", Required = true };
    private readonly Option<string> _admins = new("--admins") { Description = "The administrators' policy that the node must have pinned", HelpName = "FILE", Required = true };
    private readonly Option<string> _out = new("--out") { Description = "Where the certificate goes", HelpName = "FILE", Required = true };

    public CaSignDeviceCommand()
        : base(
            "sign-device",
            "Certify a node's D key, if its enclave obeys the administrators that are meant",
            "vaultgrid ca sign-device ca 1/2 --request node-1-2.csr --admins admins.json --out node-1-2.pem --passphrase-file ca.pass")
    {
        Arguments.Add(_directory);
        Arguments.Add(_node);
        foreach (var option in new Option[] { _request, _admins, _out }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var request = CertificateFile.ReadDeviceRequest(run.Get(_request));
        var admins = KeyPolicy.Parse(InputFile.Bytes(run.Get(_admins))).OrEnd(run.Get(_admins));
        if (admins.KeyId != KeyId.Provisioning)
            throw CommandEndedException.Refused(new Refusal(RefusalCode.PolicyMalformed, $"{run.Get(_admins)} is the policy of '{admins.KeyId}', not of the administrators"));

        using var authorities = CaDirectory.Open(run, _directory);
        using var passphrase = CaDirectory.Passphrase(run);
        var issued = authorities.CertifyDevice(request, run.Get(_node), admins.Hash().ToArray(), passphrase).OrEnd();
        new OutputFiles().Add(path, issued.FullChainPem).Write();
        return Task.FromResult(Issued.Report(issued.Certificate, path, null));
    }
}
