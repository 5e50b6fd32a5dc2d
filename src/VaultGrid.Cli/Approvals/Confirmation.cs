namespace VaultGrid.Cli.Approvals;

/// <summary>Shows an administrator what is asked and waits for a plain yes. On stderr, so that stdout stays the command's answer.</summary>
internal static class Confirmation
{
    public static void Ask(Invocation run, Report what, bool yes, string question)
    {
        new Screen(Console.Error, Console.Error, json: false, terminal: false).Show(what);
        if (yes) return;
        if (Console.IsInputRedirected) throw CommandEndedException.Usage("an approval is confirmed on a terminal", "read what is shown; a script that has checked the request itself gives --yes");

        Console.Error.Write($"{question} [yes/no] ");
        if (Console.ReadLine()?.Trim() != "yes") throw new CommandEndedException(ExitCode.Refused, "cancelled", "not approved: the answer was not 'yes'");
        run.Cancellation.ThrowIfCancellationRequested();
    }
}
