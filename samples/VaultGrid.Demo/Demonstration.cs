using System.Globalization;
using VaultGrid.Ceremony.Requests;

namespace VaultGrid.Demo;

/// <summary>The acts in their order. Everything goes through the relay with mutual TLS, or, where a hostile silo is played, through an enclave's own socket.</summary>
internal static class Demonstration
{
    private const int Clusters = 3;
    private const int Nodes = 3;
    private const int SmallClusters = 2;

    public static async Task<int> RunAsync(FileInfo transactionFile, FileInfo output, CancellationToken cancellationToken)
    {
        var narrator = new Narrator(Console.Out, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null);
        try
        {
            if (!transactionFile.Exists) throw new DemonstrationFailedException($"there is no file {transactionFile}");
            var transaction = Stage.Must(TransactionDocument.Parse(await File.ReadAllBytesAsync(transactionFile.FullName, cancellationToken)), $"{transactionFile}");
            narrator.Say($"VaultGrid: {Clusters} clusters of {Nodes} vault nodes on this machine, and {SmallClusters} of one; each node an enclave process of its own");
            narrator.Act("Certificates: a Root CA, the CAs under it, three administrators of whom two must approve");
            var options = new LocalGridOptions { Clusters = Clusters, Nodes = Nodes, SmallClusters = SmallClusters, Quorum = Stage.Quorum, Progress = narrator, Between = (node, socket) => node == SharedKeyAct.Liar ? socket + ".d" : socket };
            await using var grid = LocalVaultGrid.Prepare(options, TimeProvider.System);
            narrator.Done($"{grid.Ceremony.Trusted().Authorities.Length} CAs, each with its revocation list; keys encrypted on disk");

            var liar = grid.Node(SharedKeyAct.Liar);
            await using var door = new LyingDoor(liar.Door, liar.Socket);
            var stage = new Stage(grid, narrator, new DemoRecord(), transaction, cancellationToken);
            await GridAct.PlayAsync(stage);
            await RefusalAct.PlayAsync(stage);
            await SigningAct.PlayAsync(stage);
            await FailureAct.PlayAsync(stage);
            await ThresholdAct.PlayAsync(stage);
            await TrustAct.PlayAsync(stage);
            await SharedKeyAct.PlayAsync(stage, door);
            await stage.Record.WriteAsync(output, grid, cancellationToken);

            narrator.Blank();
            narrator.Say($"{stage.Record.Signatures} signatures, {stage.Record.Refusals} refusals, all as they should be, in {narrator.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
            narrator.Say($"everything to check them with: {Path.GetRelativePath(Environment.CurrentDirectory, output.FullName)}");
            return 0;
        }
        catch (Exception fault) when (fault is DemonstrationFailedException or LocalGridException or IOException or OperationCanceledException)
        {
            narrator.Failed(fault is OperationCanceledException && cancellationToken.IsCancellationRequested ? "stopped" : fault.Message);
            return 1;
        }
    }
}
