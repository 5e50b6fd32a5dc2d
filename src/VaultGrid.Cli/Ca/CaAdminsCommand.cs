using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Cli.Keys;

namespace VaultGrid.Cli.Ca;

internal sealed class CaAdminsCommand : LeafCommand
{
    private readonly Option<int> _quorum = PolicyInputs.Quorum();
    private readonly Option<string[]> _admins = PolicyInputs.Admins();
    private readonly Option<string> _out = new("--out") { Description = "Where the policy goes", HelpName = "FILE", Required = true };

    public CaAdminsCommand()
        : base(
            "admins",
            "Write the administrators' first policy, which every node pins when it is provisioned",
            "vaultgrid ca admins --quorum 2 --admin admin-1.pem --admin admin-2.pem --admin admin-3.pem --out admins.json")
    {
        foreach (var option in new Option[] { _quorum, _admins, _out }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var policy = PolicyInputs.Checked(new KeyPolicy
        {
            KeyId = KeyId.Provisioning,
            Number = 1,
            Predecessor = null,
            Quorum = run.Get(_quorum),
            Admins = PolicyInputs.ReadAdmins(run.Get(_admins)),
            Algorithms = [],
            Paths = [],
        });
        var path = run.Get(_out);
        new OutputFiles().Add(path, policy.ToUtf8()).Write();
        return Task.FromResult(new Report(new JsonObject { ["file"] = path, ["hash"] = policy.Hash().ToString(), ["policy"] = PolicyText.Json(policy) })
            .Line($"wrote {path}")
            .AddAll(PolicyText.Lines(policy)));
    }
}
