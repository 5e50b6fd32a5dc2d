namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>
/// A readable test: shell command lines after <c>$</c>, and below each what is expected of it, one line each:
/// <c>exit N</c> (else 0), <c>out: REGEX</c>, <c>err: REGEX</c> (some line matches), <c>no out</c>, <c>file NAME</c>, <c>no file NAME</c>.
/// Lines that start with <c>#</c> say why. <c>&lt;&lt; NAME</c> begins a file, which ends at <c>&lt;&lt;</c>.
/// </summary>
internal sealed class Script
{
    private Script(IReadOnlyList<ScriptStep> steps) => Steps = steps;

    public IReadOnlyList<ScriptStep> Steps { get; }

    public static Script Read(string path)
    {
        var steps = new List<ScriptStep>();
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (line.Length == 0 || line[0] == '#') continue;
            if (line.StartsWith("<< ", StringComparison.Ordinal))
            {
                var end = Array.IndexOf(lines, "<<", i + 1);
                if (end < 0) throw new FormatException($"{path}:{i + 1}: the file never ends");
                steps.Add(new ScriptStep.Place(line[3..], string.Join('\n', lines[(i + 1)..end]) + "\n"));
                i = end;
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                var expectations = lines.Skip(i + 1).TakeWhile(next => next.Length > 0 && next[0] is not ('$' or '#' or '<')).ToList();
                steps.Add(new ScriptStep.Command(i + 1, line[2..], [.. expectations.Select(Expectation.Parse)]));
                i += expectations.Count;
            }
            else
            {
                throw new FormatException($"{path}:{i + 1}: this line belongs to no command");
            }
        }

        return new Script(steps);
    }
}

internal abstract record ScriptStep
{
    private ScriptStep() { }

    internal sealed record Place(string Name, string Text) : ScriptStep;

    internal sealed record Command(int Line, string Shell, IReadOnlyList<Expectation> Expectations) : ScriptStep;
}
