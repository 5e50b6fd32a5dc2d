using System.Reflection;

namespace VaultGrid.WarmCli;

/// <summary>One run of the program's own entry point, in this process.</summary>
internal static class ProgramRun
{
    private const int Crashed = 134;

    private static readonly MethodInfo Main = Assembly.Load("vaultgrid").EntryPoint ?? throw new InvalidOperationException("vaultgrid is no program.");

    /// <summary>Runs it; its exit code, and what a process of its own would end with where it crashes.</summary>
    public static int Do(Order order, string output, string error)
    {
        Directory.SetCurrentDirectory(order.Directory);
        foreach (var (name, value) in order.Settings) Environment.SetEnvironmentVariable(name, value);
        using var said = new StreamWriter(output);
        using var complained = new StreamWriter(error);
        Console.SetOut(said);
        Console.SetError(complained);
        try
        {
            return (int)Main.Invoke(null, [order.Arguments])!;
        }
        catch (TargetInvocationException crash)
        {
            complained.WriteLine($"Unhandled exception. {crash.InnerException}");
            return Crashed;
        }
        finally
        {
            Directory.SetCurrentDirectory("/");
        }
    }
}
