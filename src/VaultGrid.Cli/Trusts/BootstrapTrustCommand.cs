using System.CommandLine;
using VaultGrid.Cli.Requests;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Trusts;

/// <summary>Writes the request by which the administrators begin a grid's first chain, or end its bootstrap.</summary>
internal sealed class BootstrapTrustCommand : LeafCommand
{
    private readonly Argument<string> _trust = new("TRUST") { Description = "File of the Bootstrap Trust, or of its successor" };
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    public BootstrapTrustCommand()
        : base(
            "bootstrap-trust",
            "Write the request by which administrators approve a Bootstrap Trust, or its first successor",
            "vaultgrid request new bootstrap-trust bootstrap.json --cluster 1 --purpose 'first start' --out bootstrap-request.json")
    {
        Arguments.Add(_trust);
        foreach (var option in new Option[] { _cluster, _admins }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var body = TrustFile.Read(run.Get(_trust)).Body;
        if (body.Number > 2 || (body.Number == 1 && !body.IsBootstrap))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.TrustBootstrap, "administrators approve the Bootstrap Trust and its first successor, nothing else"));
        var cluster = run.Get(_cluster);
        if (body.Hsms.All(hsm => hsm.Certificate.Identity is { Role: CertificateRole.Device } identity && identity.Cluster != cluster))
            throw CommandEndedException.Refused(new Refusal(RefusalCode.RequestCluster, $"the Trust names no HSM of cluster {cluster}: name the cluster of the HSM that is to seal it"));

        var terms = await _request.ReadAsync(run);
        var request = new BootstrapTrustRequest
        {
            Id = terms.Id,
            Cluster = cluster,
            Policy = await AdminsInForce.HashAsync(run, _admins, cluster),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Trust = body.Hash,
            Replaces = body.Predecessor,
        };
        return _request.Write(run, request, body.Bytes.ToArray());
    }
}
