using System.CommandLine;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Keys;

internal sealed class KeyAccountsCommand : LeafCommand
{
    // The account levels of BIP-44 (Ethereum), BIP-84 and BIP-86; what is below is derived here from their extended public keys. A key that several
    // clusters hold has no hardened children: the same numbers without the mark.
    private static readonly (string Purpose, Func<Account, string> Address)[] Kinds =
        [("m/44'/60'", account => account.Ethereum), ("m/84'/0'", account => account.Segwit), ("m/86'/0'", account => account.Taproot)];

    private readonly Argument<KeyId> _key = Inputs.KeyArgument();
    private readonly Option<ClusterId> _cluster = Inputs.Cluster();
    private readonly Option<uint> _account = new("--account") { Description = "Which account, from 0", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<uint> _count = new("--count") { Description = "How many addresses of each kind, at most 100", HelpName = "N", DefaultValueFactory = _ => 1 };

    public KeyAccountsCommand()
        : base("accounts", "List derived accounts with their addresses: Ethereum, Bitcoin P2WPKH and P2TR", "vaultgrid key accounts treasury --cluster 1 --count 3")
    {
        Arguments.Add(_key);
        foreach (var option in new Option[] { _cluster, _account, _count }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (number, count) = (run.Get(_account), run.Get(_count));
        if (count is 0 or > 100 || number >= DerivationPath.Hardened) throw CommandEndedException.Usage("--count is 1 to 100, --account below 2^31");

        var found = new List<(Account Account, string Address, string Extended)>();
        var refused = new List<(DerivationPath Path, Refusal Refusal)>();
        var shared = (await run.Grid.GetKeyAsync(run.Get(_cluster), run.Get(_key), run.Cancellation).OrEnd()).Threshold is not null;
        foreach (var (purpose, address) in Kinds)
        {
            var hardened = $"{purpose}/{number}'";
            var path = DerivationPath.Parse(shared ? hardened.Replace("'", "", StringComparison.Ordinal) : hardened).Value;
            if (!(await Account.ExtendedAsync(run, run.Get(_cluster), run.Get(_key), path)).Is(out var extended, out var refusal))
            {
                // A policy leads to some kinds of account and not to others: show those that there are.
                if (refusal.Code != RefusalCode.PolicyPath) throw CommandEndedException.Refused(refusal);
                refused.Add((path, refusal));
                continue;
            }

            for (var index = 0u; index < count; index++)
            {
                var account = new Account(path.Child(0).Child(index), extended.Derive(0, index).OrEnd().PublicKey);
                found.Add((account, address(account), extended.ToString()));
            }
        }

        if (found.Count == 0) throw CommandEndedException.Refused(refused[0].Refusal);
        var json = new JsonArray([.. found.Select(entry =>
        {
            var account = entry.Account.Json();
            account["address"] = entry.Address;
            account["accountXpub"] = entry.Extended;
            return (JsonNode)account;
        })]);
        return new Report(new JsonObject { ["key"] = run.Get(_key).ToString(), ["accounts"] = json })
            .Table(["path", "address"], found.Select(entry => new[] { entry.Account.Path.ToString(), entry.Address }))
            .AddAll(refused.Select(entry => new Report.Part.Line($"none at {entry.Path}: {entry.Refusal.Detail}")));
    }
}
