using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Requests;
using VaultGrid.Dealing;

namespace VaultGrid.Cli.Threshold;

/// <summary>
/// Deals a key to several clusters: needs no grid and opens no connection. Leaves the request to be approved and beside it the package (policy, manifest,
/// sealed parts); the key itself is gone when the command ends.
/// </summary>
internal sealed class ThresholdDealCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly DealOptions _deal = new();
    private readonly WrapKeyInputs _wrapKeys = new();
    private readonly KeyToImport _existing = new();
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _keyAdmins = PolicyInputs.Admins();
    private readonly Option<string[]> _algorithms = PolicyInputs.Algorithms();
    private readonly Option<string[]> _paths = new("--allow-path")
    {
        Description = "Where the key may sign, * for any index, no hardened steps; may be given again [default: m/44/60/*/0/*, with --import-key also m]",
        HelpName = "PATTERN",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _admins = new("--admins") { Description = "The administrators' policy in force, the same in all clusters", HelpName = "FILE", Required = true };
    private readonly RequestOptions _request = new();

    public ThresholdDealCommand()
        : base(
            "deal",
            "Deal a key of several clusters, or shard one that exists; on an offline machine",
            "vaultgrid threshold deal shared --clusters 1,2,3 --threshold 2 --wrap-key wrap-1.json --wrap-key wrap-2.json --wrap-key wrap-3.json --quorum 2 "
            + "--admin admin-1.pem --admin admin-2.pem --admins admins.json --authorities authorities.pem --purpose 'cold storage' --out deal.json")
    {
        _request.Authorities.Required = true;
        Arguments.Add(_key);
        foreach (var option in _deal.All.Concat([_wrapKeys.Files]).Concat(_existing.All)
            .Concat([_quorum, _keyAdmins, _algorithms, _paths, _admins]).Concat(_request.All))
            Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var terms = await _request.ReadAsync(run);
        var clusters = _deal.Clusters(run);
        var authorities = CertificateFile.ReadTrusted(run.Get(_request.Authorities)!, run.Now);
        var order = new DealOrder
        {
            FirstPolicy = Policy(run),
            Threshold = run.Get(_deal.Threshold),
            Recipients = _wrapKeys.Read(run, run.Get(_key), authorities),
            Modulus = _deal.Modulus(run),
        };
        var wrapped = order.Recipients.Select(recipient => recipient.Statement.Node.Cluster).ToList();
        if (!ClusterSet.TryCreate(wrapped, out var covered) || !covered.Equals(clusters))
            throw CommandEndedException.Usage($"--clusters names {clusters}, --wrap-key is given for {(wrapped.Count == 0 ? "none" : string.Join(", ", wrapped))}", "one wrap key of each cluster is needed");
        _ = DealCeremony.Check(order).OrEnd();
        _ = OutputFiles.Check(RequestFile.DocumentPath(run.Get(_request.Out), isDeal: true));
        var admins = AdminsInForce.Read(run.Get(_admins)).Hash();

        var dealt = Deal(run, order);
        var request = new DealKeyRequest
        {
            Id = terms.Id, Cluster = order.Recipients[0].Statement.Node.Cluster, Clusters = clusters, Policy = admins, Revocations = terms.Revocations,
            Expires = terms.Expires, Purpose = terms.Purpose, KeyId = order.FirstPolicy.KeyId, Kind = KeyKind.ThresholdEcdsa, Manifest = dealt.Manifest,
            FirstPolicy = order.FirstPolicy.Hash(),
        };
        var report = _request.Write(run, request, dealt.Package.ToBytes());
        var key = dealt.KeyIn(RequestDocument.Of(request));
        var json = report.Json.AsObject();
        json["key"] = key.ToString();
        json["imported"] = run.Get(_existing.File) is not null;
        json["limits"] = new JsonArray([.. ThreatModel.Lines.Select(line => (JsonNode)line)]);
        report.Field("key hash", key);
        foreach (var line in ThreatModel.Lines) report.Line(line);
        if (run.Get(_existing.File) is { } imported)
            report.Line($"{imported} still holds the whole key, and so does every copy of it: destroy them when all clusters have imported their parts");
        return report.Line("next: 'vaultgrid threshold verify-manifest' and 'vaultgrid approve' by the administrators, then 'vaultgrid request execute'");
    }

    private DealtKey Deal(Invocation run, DealOrder order)
    {
        var watch = new DealProgress(run.Screen);
        using var random = RandomNumberGenerator.Create();
        using var existing = _existing.Read(run);
        return (existing is null
            ? DealCeremony.Deal(order, random, watch.Show, run.Cancellation)
            : DealCeremony.Shard(order, existing, _existing.ChainCode(run), random, watch.Show, run.Cancellation)).OrEnd();
    }

    private KeyPolicy Policy(Invocation run)
    {
        string[] paths = run.Get(_paths) is { Length: > 0 } given ? given : run.Get(_existing.File) is null ? ["m/44/60/*/0/*"] : ["m", "m/44/60/*/0/*"];
        return PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = run.Get(_key),
            Number = 1,
            Predecessor = null,
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_keyAdmins)),
            Algorithms = PolicyInputs.ReadAlgorithms(run.Get(_algorithms)),
            Paths = PolicyInputs.ReadPaths(paths),
        });
    }
}
