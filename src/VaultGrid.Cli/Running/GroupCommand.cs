using System.CommandLine;

namespace VaultGrid.Cli.Running;

/// <summary>A command that only holds others.</summary>
internal sealed class GroupCommand : Command
{
    public GroupCommand(string name, string description, params ReadOnlySpan<Command> commands)
        : base(name, description)
    {
        foreach (var command in commands) Subcommands.Add(command);
    }
}
