using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Audit;

internal sealed class AuditExportCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();
    private readonly Option<string> _out = new("--out") { Description = "The file to write", HelpName = "FILE", Required = true };

    public AuditExportCommand()
        : base("export", "Write a cluster's merged audit log as JSON lines, with the ends that its enclaves sign", "vaultgrid audit export 1 --out audit-1.jsonl")
    {
        Arguments.Add(_cluster);
        Options.Add(_out);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var path = OutputFiles.Check(run.Get(_out));
        var source = await AuditSource.AskAsync(run, run.Get(_cluster));
        var entries = await AuditFile.WriteAsync(path, source);
        return new Report(new JsonObject { ["file"] = path, ["entries"] = entries, ["root"] = source.Log.Root.ToString() })
            .Line($"{entries} entries in {path}")
            .Field("root", source.Log.Root);
    }
}
