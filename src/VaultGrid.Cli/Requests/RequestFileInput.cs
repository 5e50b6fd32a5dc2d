using System.CommandLine;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Requests;

/// <summary>A request file on the command line, with its document and approvals.</summary>
internal sealed class RequestFileInput
{
    public Argument<string> File { get; } = new("FILE") { Description = "The request" };

    public Option<string?> Document { get; } = new("--document") { Description = "The document that the request names, if it isn't beside it", HelpName = "FILE" };

    public Option<string[]> Approvals { get; } = new("--approval")
    {
        Description = "An approval; may be given again", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    public RequestFile Read(Invocation run) => RequestFile.Read(run.Get(File), run.Get(Document));

    public IReadOnlyList<Approval> ReadApprovals(Invocation run) => [.. run.Get(Approvals).Select(ApprovalFile.Read)];
}
