using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Hsm;

/// <summary>From file to file under a symmetric key. The result has its name only once it is whole.</summary>
internal abstract class HsmFileCommand : LeafCommand
{
    private readonly SharedKeyInput _key = new();
    private readonly Option<FileInfo> _in = new("--in") { Description = "The file to read", HelpName = "FILE", Required = true };
    private readonly Option<FileInfo> _out = new("--out") { Description = "The file to write; it must not exist", HelpName = "FILE", Required = true };
    private readonly Transform _transform;

    protected HsmFileCommand(string name, string description, string example, Transform transform)
        : base(name, description, example)
    {
        _transform = transform;
        Arguments.Add(_key.Key);
        foreach (var option in new Option[] { _key.Scheme, _in, _out }) Options.Add(option);
    }

    protected delegate Task<Outcome<IReadOnlyList<Blame>>> Transform(SharedKeyCaller caller, VerifiedKey key, Stream input, Stream output, CancellationToken cancellationToken);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var (input, output) = (run.Get(_in), run.Get(_out));
        if (output.Exists) throw CommandEndedException.Usage($"{output} exists");
        var (key, caller) = await _key.VerifyAsync(run);
        var partial = output.FullName + ".part";
        IReadOnlyList<Blame> blamed;
        try
        {
            await using (var from = input.OpenRead())
            await using (var to = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                blamed = await _transform(caller, key, from, to, run.Cancellation).OrEnd();
                to.Flush(flushToDisk: true);
            }

            File.Move(partial, output.FullName);
        }
        finally
        {
            File.Delete(partial);
        }

        var json = new JsonObject { ["file"] = output.ToString(), ["blamed"] = new JsonArray([.. blamed.Select(blame => JsonSerializer.SerializeToNode(blame, VaultGridJson.Answers.Blame))]) };
        return HsmText.Blamed(new Report(json).Line($"wrote {output}"), blamed);
    }
}
