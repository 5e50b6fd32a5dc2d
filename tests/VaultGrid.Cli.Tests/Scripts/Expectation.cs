using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>One thing that is expected of a command.</summary>
internal abstract record Expectation
{
    private Expectation() { }

    /// <summary>What is wrong, or null.</summary>
    public abstract string? Fault(CommandRun run);

    public static Expectation Parse(string line) => line switch
    {
        _ when line.StartsWith("exit ", StringComparison.Ordinal) => new Exit(int.Parse(line[5..], CultureInfo.InvariantCulture)),
        _ when line.StartsWith("out: ", StringComparison.Ordinal) => new Says(line[5..], OnError: false),
        _ when line.StartsWith("err: ", StringComparison.Ordinal) => new Says(line[5..], OnError: true),
        "no out" => new Silent(),
        _ when line.StartsWith("file ", StringComparison.Ordinal) => new Leaves(line[5..], There: true),
        _ when line.StartsWith("no file ", StringComparison.Ordinal) => new Leaves(line[8..], There: false),
        _ => throw new FormatException($"'{line}' is no expectation"),
    };

    internal sealed record Exit(int Code) : Expectation
    {
        public override string? Fault(CommandRun run) => run.ExitCode == Code ? null : $"exit code {run.ExitCode}, not {Code}";
    }

    private sealed record Says(string Pattern, bool OnError) : Expectation
    {
        public override string? Fault(CommandRun run) => (OnError ? run.Error : run.Output).Split('\n').Any(line => Regex.IsMatch(line, Pattern))
            ? null
            : $"no line of std{(OnError ? "err" : "out")} matches {Pattern}";
    }

    private sealed record Silent : Expectation
    {
        public override string? Fault(CommandRun run) => run.Output.Length == 0 ? null : "stdout is not empty";
    }

    private sealed record Leaves(string Name, bool There) : Expectation
    {
        public override string? Fault(CommandRun run) => Directory.GetFileSystemEntries(run.Directory, Name).Length > 0 == There
            ? null
            : $"{Name} is {(There ? "not there" : "there")}";
    }
}
