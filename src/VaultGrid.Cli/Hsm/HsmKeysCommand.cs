using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Client;

namespace VaultGrid.Cli.Hsm;

/// <summary>Lists shared keys, or shows one.</summary>
internal sealed class HsmKeysCommand : LeafCommand
{
    private readonly Argument<string?> _key = new("KEY") { Description = "Name of one key, or its hash; all keys where left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly PageOptions _page = new();

    public HsmKeysCommand()
        : base("keys", "List the keys that nodes generated together, or show one with its holders and versions", "vaultgrid hsm keys vault")
    {
        Arguments.Add(_key);
        foreach (var option in _page.All) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (Hash256.TryParse(run.Get(_key), out var hash)) return HsmText.Key(await run.Grid.SharedKeys.GetAsync(hash, run.Cancellation).OrEnd());
        KeyId? name = run.Get(_key) is { } text ? KeyId.TryParse(text, out var parsed) ? parsed : throw CommandEndedException.Usage($"'{text}' is neither a key's name nor a hash") : null;
        var query = new SharedKeyQuery { Name = name, Limit = _page.ReadLimit(run), After = run.Get(_page.After) };
        var page = await run.Grid.SharedKeys.ListAsync(query, run.Cancellation).OrEnd();
        if (name is not null && page.Items is [var one]) return HsmText.Key(one);
        if (name is not null && page.Items.Count == 0 && query.After is null) throw CommandEndedException.Refused(new Refusal(RefusalCode.KeyUnknown, $"the grid has no shared key '{name}'"));
        var report = new Report(new JsonObject { ["keys"] = new JsonArray([.. page.Items.Select(HsmText.Json)]), ["next"] = page.Next })
            .Table(["key", "scheme", "state", "shared by", "version", "hash"], page.Items.Select(key => new[]
            {
                key.KeyId.ToString(), SchemeOption.NameOf(key.Kind), key.State, $"({key.Holders.Count}, {key.Faulty})", key.Version.ToString(CultureInfo.InvariantCulture), key.Key.ToString(),
            }));
        return _page.More(report, page.Next);
    }
}
