using System.CommandLine;
using System.CommandLine.Parsing;

namespace VaultGrid.Cli.Running;

/// <summary>A command that does something. Every one has an example, one answer, and ends in one of four ways.</summary>
internal abstract class LeafCommand : Command
{
    protected LeafCommand(string name, string description, string example)
        : base(name, description)
    {
        Example = example;
        SetAction(RunGuardedAsync);

        // A mistyped option must not pass for a file's name.
        Validators.Add(result =>
        {
            foreach (var token in result.Children.OfType<ArgumentResult>().SelectMany(child => child.Tokens).Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
                result.AddError($"'{token.Value}' is not an option of this command");
        });
    }

    /// <summary>A command line that works, without the program's name; shown by <c>--help</c>.</summary>
    public string Example { get; }

    protected abstract Task<Report> RunAsync(Invocation run);

    private async Task<int> RunGuardedAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var run = new Invocation(parsed, cancellationToken);
        try
        {
            var report = await RunAsync(run);
            if (report != Report.ShownAlready) run.Screen.Show(report);
            return (int)report.Exit;
        }
        catch (Exception fault) when (Translate(fault, cancellationToken) is { } ended)
        {
            run.Screen.Error(ended);
            return (int)ended.Exit;
        }
    }

    // The last line of defence: whatever happens, a person sees one sentence and never a stack trace.
    private static CommandEndedException Translate(Exception fault, CancellationToken cancellationToken) => fault switch
    {
        CommandEndedException ended => ended,
        OperationCanceledException when cancellationToken.IsCancellationRequested => new(ExitCode.Refused, "cancelled", "stopped before it was done"),
        OperationCanceledException or TimeoutException or HttpRequestException => new(
            ExitCode.Unreachable, RefusalCode.GridUnavailable.Name(), "the grid can't be reached", Hints.For(RefusalCode.GridUnavailable.Name())),
        UnauthorizedAccessException or IOException => CommandEndedException.Usage(FileFault(fault)),
        _ => new(ExitCode.Refused, "fault", $"an internal fault ({fault.GetType().Name})", "this is a defect of vaultgrid: please report what you ran"),
    };

    private static string FileFault(Exception fault) => fault.Message.TrimEnd('.') is var text && text.Length > 0
        ? char.ToLowerInvariant(text[0]) + text[1..]
        : "a file can't be read or written";
}
