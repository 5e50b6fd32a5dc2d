using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace VaultGrid.Cli.Running;

/// <summary>The help of a command, then its example and, at the root, the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case LeafCommand leaf:
                output.WriteLine("Example:");
                foreach (var line in leaf.Example.Split('\n')) output.WriteLine($"  {line}");
                break;
            case RootCommand:
                output.WriteLine("Exit codes:");
                output.WriteLine("  0 done, 1 refused, 2 usage, 3 unreachable");
                break;
            case GroupCommand group when group.Subcommands.OfType<LeafCommand>().FirstOrDefault() is { } first:
                output.WriteLine("Example:");
                output.WriteLine($"  {first.Example.Split('\n')[0]}");
                break;
        }

        return result;
    }
}
