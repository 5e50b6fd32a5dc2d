using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace VaultGrid.Cli.Domains;

internal sealed class DomainNewIdCommand() : LeafCommand(
    "new-id", "Draw the id of a new Domain: certificates claim it before the Domain is made", "vaultgrid domain new-id")
{
    protected override Task<Report> RunAsync(Invocation run)
    {
        var id = DomainId.FromRandom(RandomNumberGenerator.GetBytes(16));
        return Task.FromResult(new Report(new JsonObject { ["domain"] = id.ToString() }).Line(id.ToString()));
    }
}
