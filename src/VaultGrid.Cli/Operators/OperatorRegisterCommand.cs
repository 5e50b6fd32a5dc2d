using System.CommandLine;
using System.Text.Json;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Client.Json;

namespace VaultGrid.Cli.Operators;

internal sealed class OperatorRegisterCommand : LeafCommand
{
    private readonly Argument<string> _certificate = new("CERT") { Description = "The operator's certificate" };

    public OperatorRegisterCommand()
        : base("register", "Make an operator's certificate known to the grid", "vaultgrid operator register operator-1.pem") => Arguments.Add(_certificate);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var certificate = CertificateFile.Read(run.Get(_certificate));
        var status = await run.Trusts.RegisterOperatorAsync(new OperatorRegistration(certificate.Der), run.Cancellation).OrEnd();
        return new Report(JsonSerializer.SerializeToNode(status, VaultGridJson.Answers.OperatorStatus)!).Line($"{status.Identity} is known").Field("key", status.Key);
    }
}
