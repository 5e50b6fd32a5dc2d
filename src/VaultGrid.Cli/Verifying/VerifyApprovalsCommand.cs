using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Requests;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Verifying;

/// <summary>The check that enclaves make, made here: certificates, listing in the policy, distinctness, signatures, quorum.</summary>
internal sealed class VerifyApprovalsCommand : LeafCommand
{
    private readonly RequestFileInput _input = new();
    private readonly Option<string> _policy = new("--policy") { Description = "The policy under which the request is approved", HelpName = "FILE", Required = true };
    private readonly Option<string> _authorities = new("--authorities") { Description = "CA bundle, from 'ca bundle'", HelpName = "FILE", Required = true };

    public VerifyApprovalsCommand()
        : base(
            "approvals",
            "Verify that approvals satisfy a policy's quorum for a request, as an enclave would",
            "vaultgrid verify approvals request.json --approval admin-1.approval --approval admin-2.approval --policy policy.json --authorities authorities.pem")
    {
        Arguments.Add(_input.File);
        foreach (var option in new Option[] { _input.Document, _input.Approvals, _policy, _authorities }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var file = _input.Read(run);
        var approvals = _input.ReadApprovals(run);
        var policy = KeyPolicy.Parse(InputFile.Bytes(run.Get(_policy))).OrEnd(run.Get(_policy));
        var trusted = CertificateFile.ReadTrusted(run.Get(_authorities), run.Now);
        if (file.Request.Request.Policy != policy.Hash())
            throw CommandEndedException.Refused(new Refusal(RefusalCode.PolicySuperseded, $"the request is approved under policy {file.Request.Request.Policy}, and this is {policy.Hash()}"));

        _ = file.Request.CheckTime(run.Now).OrEnd();
        if (file.Request.Request is SignRequest sign) _ = policy.CheckUse(sign).OrEnd();
        var admins = ApprovalCheck.Check(
            file.Request, approvals, policy, new CertificateCache(), certificate => ChainVerifier.Verify(certificate, CertificateRole.Admin, trusted, run.Now)).OrEnd();
        return Task.FromResult(new Report(new JsonObject
        {
            ["valid"] = true,
            ["quorum"] = policy.Quorum,
            ["approvers"] = new JsonArray([.. admins.Select(admin => (JsonNode)admin.Identity)]),
        })
            .Line($"the approvals satisfy the quorum: {policy.Quorum} of {policy.Admins.Length}")
            .Field("approved by", string.Join(", ", admins.Select(admin => admin.Identity))));
    }
}
