using System.CommandLine;
using VaultGrid.Demo;

var transaction = new Option<FileInfo>("--transaction") { Description = "the Ethereum transaction to sign", Required = true, HelpName = "FILE" };
var output = new Option<FileInfo>("--out") { Description = "where the record goes", HelpName = "FILE", DefaultValueFactory = _ => new FileInfo("artifacts/demo.json") };
var root = new RootCommand("Brings up three clusters of three nodes on this machine and shows what they sign and what they refuse.") { transaction, output };
root.SetAction((parsed, cancellationToken) => Demonstration.RunAsync(parsed.GetRequiredValue(transaction), parsed.GetRequiredValue(output), cancellationToken));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
