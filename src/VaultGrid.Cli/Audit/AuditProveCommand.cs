using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Client;
using VaultGrid.Crypto.Merkle;

namespace VaultGrid.Cli.Audit;

internal sealed class AuditProveCommand : LeafCommand
{
    private readonly Argument<ClusterId> _cluster = Inputs.ClusterArgument();
    private readonly Option<ulong?> _position = new("--position") { Description = "Prove that this entry is in the log", HelpName = "N" };
    private readonly Option<ulong?> _first = new("--first") { Description = "Prove that the log with so many entries is its beginning", HelpName = "SIZE" };
    private readonly Option<Hash256?> _root = Inputs.Hash("--first-root", "With --first: the root that you know");
    private readonly Option<ulong?> _size = new("--size") { Description = "Against the log with so many entries (else all of it)", HelpName = "SIZE" };
    private readonly Option<string?> _out = new("--out") { Description = "Write the proof to a file", HelpName = "FILE" };

    public AuditProveCommand()
        : base("prove", "Prove, and check, that an entry is in a cluster's merged log, or that a smaller log is its beginning", "vaultgrid audit prove 1 --position 17 --out proof.json")
    {
        Arguments.Add(_cluster);
        foreach (var option in new Option[] { _position, _first, _root, _size, _out }) Options.Add(option);
    }

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (position, first) = (run.Get(_position), run.Get(_first));
        if ((position is null) == (first is null)) throw CommandEndedException.Usage("give --position or --first");
        var path = run.Get(_out) is { } file ? OutputFiles.Check(file) : null;
        var query = new AuditProofQuery { Position = position, First = first, Size = run.Get(_size) };
        var proof = await run.Grid.ProveAuditAsync(run.Get(_cluster), query, run.Cancellation).OrEnd();
        var json = position is { } at ? await InclusionAsync(run, at, proof) : Consistency(run, first!.Value, proof);
        json["size"] = proof.Size;
        json["root"] = proof.Root.ToString();
        json["path"] = new JsonArray([.. proof.Path.Select(hash => (JsonNode)hash.ToString())]);
        if (path is not null) new OutputFiles().Add(path, json.ToJsonString() + "\n").Write();
        return new Report(json)
            .Line(position is not null ? $"entry {position} is in the log of {proof.Size} entries" : $"the log of {first} entries is the beginning of the one of {proof.Size}")
            .Field("root", proof.Root)
            .Field("hashes in the proof", proof.Path.Count);
    }

    private async Task<JsonObject> InclusionAsync(Invocation run, ulong position, AuditProof proof)
    {
        var page = await run.Grid.ListAuditAsync(
            run.Get(_cluster), new PageQuery { After = position.ToString(CultureInfo.InvariantCulture), Limit = 1 }, run.Cancellation).OrEnd();
        if (page.Items is not [var entry] || entry.Position != position) throw Wrong($"position {position} is not in the listing");
        var bytes = entry.ToEntry().ToBytes();
        var leaf = AuditLog.Leaf(entry.Chain, bytes);
        if (leaf != proof.Start || !MerkleProof.Includes(leaf, position, proof.Size, proof.Path, proof.Root)) throw Wrong($"the proof does not lead from the entry at {position} to the root");
        return new JsonObject { ["proof"] = "inclusion", ["position"] = position, ["chain"] = entry.Chain.ToString(), ["entry"] = Hex.Encode(bytes), ["leaf"] = leaf.ToString() };
    }

    private JsonObject Consistency(Invocation run, ulong first, AuditProof proof)
    {
        if (run.Get(_root) is { } known && known != proof.Start) throw Wrong($"the log of {first} entries has the root {proof.Start} now, not {known}: it was changed");
        if (!MerkleProof.IsConsistent(first, proof.Size, proof.Start, proof.Root, proof.Path)) throw Wrong("the proof does not lead to both roots");
        return new JsonObject { ["proof"] = "consistency", ["first"] = first, ["firstRoot"] = proof.Start.ToString() };
    }

    private static CommandEndedException Wrong(string why) => CommandEndedException.Refused(new Refusal(RefusalCode.AuditTampered, why));
}
