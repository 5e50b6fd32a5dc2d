using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Ca;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;
using VaultGrid.Client;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Nodes;

internal sealed class NodeProvisionCommand : LeafCommand
{
    private readonly Argument<NodeId> _node = Inputs.NodeArgument();
    private readonly Option<string> _root = new("--root") { Description = "The Root CA's certificate, or a bundle that has it", HelpName = "FILE", Required = true };
    private readonly Option<string[]> _admins = new("--admins")
    {
        Description = "The administrators' policies from the first to the one in force; given once for each", HelpName = "FILE", Required = true,
    };

    private readonly Option<string> _deviceKey = new Option<string>("--device-key") { Description = "Kind of D key", DefaultValueFactory = _ => "p256" }.Among("p256", "rsa3072");
    private readonly Option<string?> _adapter = new Option<string?>("--adapter")
    {
        Description = "What the enclave must rest on; an enclave on something else refuses and makes nothing [default: any]",
    }.Among("software", "pkcs11", "tpm");

    private readonly Option<string> _out = new("--out") { Description = "Where the certificate request goes", HelpName = "FILE", Required = true };

    public NodeProvisionCommand()
        : base(
            "provision",
            "Give a fresh node its identity and pins; it makes its D key and asks for a certificate",
            "vaultgrid node provision 1/2 --adapter tpm --root authorities.pem --admins admins.json --out node-1-2.csr")
    {
        Arguments.Add(_node);
        foreach (var option in new Option[] { _root, _admins, _deviceKey, _adapter, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var root = CertificateFile.ReadRoot(run.Get(_root));
        var policies = run.Get(_admins).Select(AdminsInForce.Read).ToList();
        var provisioning = new NodeProvisioning(run.Get(_deviceKey), root.Der, [.. policies.Select(policy => (ReadOnlyMemory<byte>)policy.ToUtf8())], run.Get(_adapter));
        var answer = await run.Grid.ProvisionNodeAsync(run.Get(_node), provisioning, run.Cancellation).OrEnd();

        // A silo carried the answer: what it says must be what was asked, or nothing is written that somebody could certify.
        var request = DeviceRequest.Parse(answer.Request.Span).OrEnd("the node's certificate request");
        if (request.Node != run.Get(_node) || !PublicBytes.Equal(request.PinsHash.Span, policies[^1].Hash().AsSpan()))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.JoinMismatch, $"the answer is not of node {run.Get(_node)} with these administrators: don't certify it"));
        new OutputFiles().Add(path, CertificateFile.DeviceRequestToPem(request.Der)).Write();

        return new Report(new JsonObject
        {
            ["node"] = request.Node.ToString(),
            ["admins"] = answer.Admins.ToString(),
            ["deviceKey"] = Hex.Encode(request.Key.SpkiHash.Span),
            ["file"] = path,
        })
            .Line($"node {request.Node} is provisioned; its certificate request is {path}")
            .Field("D key, SHA-256", Hex.Encode(request.Key.SpkiHash.Span))
            .Field("admins", answer.Admins)
            .Line("next: 'vaultgrid ca sign-device' on the CA's machine, then 'vaultgrid node certify'");
    }
}
