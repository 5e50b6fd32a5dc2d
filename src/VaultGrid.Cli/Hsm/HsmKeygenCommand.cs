using System.CommandLine;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request for a shared key and, beside it, the key's first policy.</summary>
internal sealed class HsmKeygenCommand : LeafCommand
{
    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<string?> _scheme = SchemeOption.Option(required: true);
    private readonly HolderOptions _holders = new();
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _keyAdmins = PolicyInputs.Admins();
    private readonly Option<string[]> _paths = new("--allow-path") { Description = "Where the key may sign, * for any index; may be given again", HelpName = "PATTERN", DefaultValueFactory = _ => ["m"] };
    private readonly Option<string[]> _clients = PermitOption.Option();
    private readonly Option<TimeSpan?> _refresh = Inputs.Span("--refresh", "How old shares may get before their holders refresh them by themselves [default: never]");
    private readonly Option<string?> _admins = AdminsInForce.Option();
    private readonly RequestOptions _request = new();

    public HsmKeygenCommand(string name)
        : base(
            name,
            "Write the request for a key that nodes generate together, and its first policy",
            "vaultgrid hsm keygen vault --scheme taproot --holders 1/1,1/2,1/3 --faulty 1 --quorum 2 --admin admin-1.pem --admin admin-2.pem --permit desk.pem --purpose 'vault of 2027' --out keygen.json")
    {
        Arguments.Add(_key);
        foreach (var option in new Option[] { _scheme }.Concat(_holders.All).Concat([_quorum, _keyAdmins, _paths, _clients, _refresh, _admins]).Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (kind, holders) = (SchemeOption.Read(run.Get(_scheme))!.Value, _holders.Read(run));
        var policy = PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = run.Get(_key),
            Number = 1,
            Predecessor = null,
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_keyAdmins)),
            Algorithms = kind.Algorithm() is { } algorithm ? [algorithm] : [],
            Paths = kind == KeyKind.Dise ? [] : PolicyInputs.ReadPaths(run.Get(_paths)),
            Permissions = PermitOption.Read(run.Get(_clients), kind),
            Refresh = run.Get(_refresh),
        });
        var (cluster, clusters) = HolderOptions.Scope(holders.Clusters);
        var terms = await _request.ReadAsync(run);
        var request = new GenerateKeyRequest
        {
            Id = terms.Id,
            Cluster = cluster,
            Clusters = clusters,
            Policy = await AdminsInForce.HashAsync(run, _admins, cluster),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            KeyId = policy.KeyId,
            Kind = kind,
            Holders = holders,
            FirstPolicy = policy.Hash(),
        };
        return _request.Write(run, request, policy.ToUtf8());
    }
}
