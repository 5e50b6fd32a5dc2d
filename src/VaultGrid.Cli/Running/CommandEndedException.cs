namespace VaultGrid.Cli.Running;

/// <summary>
/// Ends a command with an error line. A command is one attempt that stops at its first refusal, so outcomes become this at their first use
/// and are printed in one place (<see cref="LeafCommand"/>).
/// </summary>
internal sealed class CommandEndedException(ExitCode exit, string code, string detail, string? hint = null) : Exception(detail)
{
    public ExitCode Exit { get; } = exit;

    /// <summary>The stable code: a refusal's name, or <c>usage</c>.</summary>
    public string Code { get; } = code;

    public string? Hint { get; } = hint;

    public static CommandEndedException Usage(string detail, string? hint = null) => new(ExitCode.Usage, "usage", detail, hint);

    public static CommandEndedException Refused(Refusal refusal) => Refused(refusal.Code.Name(), refusal.Detail);

    public static CommandEndedException Refused(string code, string detail) =>
        new(code == RefusalCode.GridUnavailable.Name() ? ExitCode.Unreachable : ExitCode.Refused, code, detail, Hints.For(code));
}
