using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Client;

namespace VaultGrid.Cli.Clusters;

/// <summary>Assigns a cluster to a customer, with a limit of keys; or takes it back.</summary>
internal sealed class ClusterAssignCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();
    private readonly Option<string?> _customer = new("--customer") { Description = "The customer's name: a-z, 0-9 and '-', starting with a letter", HelpName = "NAME" };
    private readonly Option<int?> _keys = new("--max-keys") { Description = "How many keys the cluster may have [default: as many as enclaves hold]", HelpName = "N" };
    private readonly Option<bool> _nobody = new("--nobody") { Description = "Take the cluster back" };

    public ClusterAssignCommand()
        : base("assign", "Assign a cluster to a customer, with a limit of keys", "vaultgrid cluster assign 1 --customer acme --max-keys 100")
    {
        Arguments.Add(_cluster);
        foreach (var option in new Option[] { _customer, _keys, _nobody }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        if (run.Get(_customer) is null != run.Get(_nobody)) throw CommandEndedException.Usage("give --customer NAME or --nobody");
        if (run.Get(_customer) is { } name && !CustomerId.TryParse(name, out _)) throw CommandEndedException.Usage("--customer is 1 to 64 of a-z, 0-9 and '-', starting with a letter");
        if (run.Get(_keys) is < 0 || (run.Get(_nobody) && run.Get(_keys) is not null)) throw CommandEndedException.Usage("--max-keys is a number from 0, and goes with --customer");
        var done = await run.Grid.AssignClusterAsync(run.Get(_cluster), new ClusterAssignment(run.Get(_customer), run.Get(_keys)), run.Cancellation).OrEnd();
        return new Report(new JsonObject { ["cluster"] = run.Get(_cluster).ToString(), ["customer"] = done.Customer, ["maxKeys"] = done.MaxKeys })
            .Field("cluster", run.Get(_cluster)).Field("customer", done.Customer ?? "nobody").Field("keys at most", done.MaxKeys?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "as many as enclaves hold");
    }
}
