using System.Collections.Immutable;
using System.CommandLine;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Requests;

namespace VaultGrid.Cli.Hsm;

/// <summary>Writes the request to replace a shared key's policy and, beside it, the next policy. What isn't given stays; the quorum in force approves it.</summary>
internal sealed class HsmPolicyCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<int?> _quorum = new("--quorum") { Description = "How many administrators must approve [default: as before]", HelpName = "M" };
    private readonly Option<string[]> _keyAdmins = new("--admin")
    {
        Description = "Certificate of an administrator, given once for each, all of them [default: as before]", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _paths = new("--allow-path") { Description = "Where the key may sign, all patterns [default: as before]", HelpName = "PATTERN", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _clients = PermitOption.Option();
    private readonly Option<bool> _nobody = new("--permit-nobody") { Description = "No client may use the key without approvals from now on" };
    private readonly Option<TimeSpan?> _refresh = Inputs.Span("--refresh", "How old shares may get before their holders refresh them by themselves [default: as before]");
    private readonly Option<bool> _never = new("--refresh-never") { Description = "Shares are refreshed only when administrators approve it" };
    private readonly RequestOptions _request = new();

    public HsmPolicyCommand()
        : base(
            "policy",
            "Write the request to replace a key's policy: who approves, who may use it without approvals, when it is refreshed",
            "vaultgrid hsm policy vault --permit desk.pem --permit ops.pem --purpose 'a second desk' --out policy.json")
    {
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme, _quorum, _keyAdmins, _paths, _clients, _nobody, _refresh, _never }.Concat(_request.All)) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_nobody) && run.Get(_clients).Length > 0) throw CommandEndedException.Usage("give --permit or --permit-nobody, not both");
        if (run.Get(_never) && run.Get(_refresh) is not null) throw CommandEndedException.Usage("give --refresh or --refresh-never, not both");
        var (key, _) = await _key.VerifyAsync(run);
        var next = PolicyInputs.Checked(Next(run, key.Policy, key.Birth.Kind));
        _ = next.CheckFollows(key.Policy).OrEnd();
        var terms = await _request.ReadAsync(run);
        var request = new ChangePolicyRequest
        {
            Id = terms.Id,
            Cluster = key.Cluster,
            Clusters = key.Clusters,
            Policy = key.Policy.Hash(),
            Revocations = terms.Revocations,
            Expires = terms.Expires,
            Purpose = terms.Purpose,
            Key = key.Key,
            NextPolicy = next.Hash(),
            Replaces = key.Policy.Hash(),
        };
        return _request.Write(run, request, next.ToUtf8());
    }

    private KeyPolicy Next(Invocation run, KeyPolicy before, KeyKind kind)
    {
        ImmutableArray<KeyGrant> permissions = run.Get(_nobody) ? [] : run.Get(_clients) is { Length: > 0 } clients ? PermitOption.Read(clients, kind) : before.Permissions;
        return before with
        {
            Number = before.Number + 1,
            Predecessor = before.Hash(),
            Quorum = run.Get(_quorum) ?? before.Quorum,
            Admins = run.Get(_keyAdmins) is { Length: > 0 } admins ? PolicyInputs.ReadAdmins(admins) : before.Admins,
            Paths = run.Get(_paths) is { Length: > 0 } paths ? PolicyInputs.ReadPaths(paths) : before.Paths,
            Permissions = permissions,
            Refresh = run.Get(_never) ? null : run.Get(_refresh) ?? before.Refresh,
        };
    }
}
