using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using VaultGrid.Cli.Approvals;
using VaultGrid.Cli.Audit;
using VaultGrid.Cli.Ca;
using VaultGrid.Cli.Clusters;
using VaultGrid.Cli.Domains;
using VaultGrid.Cli.Grids;
using VaultGrid.Cli.Hsm;
using VaultGrid.Cli.Keys;
using VaultGrid.Cli.Nodes;
using VaultGrid.Cli.Operators;
using VaultGrid.Cli.Relays;
using VaultGrid.Cli.Requests;
using VaultGrid.Cli.Threshold;
using VaultGrid.Cli.Trusts;
using VaultGrid.Cli.Verifying;

namespace VaultGrid.Cli;

/// <summary>The whole command line.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        // No response files: an argument that starts with @ means itself.
        var parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction || (parsed.Action is null && parsed.Errors.Count > 0)) return Misused(parsed);

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(15) };
        return await parsed.InvokeAsync(configuration);
    }

    public static RootCommand Root()
    {
        var root = new RootCommand("VaultGrid: a virtual distributed HSM for custody");
        foreach (var option in CommonOptions.All) root.Options.Add(option);
        foreach (var option in root.Options.OfType<HelpOption>()) option.Action = new HelpWithExamples((HelpAction)option.Action!);
        foreach (var command in Groups()) root.Subcommands.Add(command);
        return root;
    }

    private static IEnumerable<Command> Groups() =>
    [
        CaCommands.Group(), NodeCommands.Group(), ClusterCommands.Group(), KeyCommands.Group(), RequestCommands.Group(),
        ThresholdCommands.Group(), AuditCommands.Group(),
        new ApproveCommand(), new SignCommand(), VerifyCommands.Group(), TrustCommands.Group(), OperatorCommands.Group(), DomainCommands.Group(),
        new EncryptCommand(), new DecryptCommand(), HsmCommands.Group(), RelayCommands.Group(), GridCommands.Group(),
    ];

    private static int Misused(ParseResult parsed)
    {
        var screen = new Screen(Console.Out, Console.Error, parsed.Tokens.Any(token => token.Value == CommonOptions.Json.Name), terminal: false);
        var what = parsed.Errors.Select(error => error.Message).FirstOrDefault() ?? "the command line can't be read";
        var command = string.Join(' ', Path(parsed.CommandResult));
        screen.Error(CommandEndedException.Usage(Lowered(what), $"see '{command} --help'"));
        return (int)ExitCode.Usage;
    }

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');

    private static IEnumerable<string> Path(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult parent ? Path(parent).Append(result.Command.Name) : ["vaultgrid"];
}
