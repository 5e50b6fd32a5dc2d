using System.Collections.Concurrent;
using System.Diagnostics;

namespace VaultGrid.LocalGrid;

/// <summary>
/// Starts processes that die with this one, however it ends: the kernel kills them (PR_SET_PDEATHSIG, set by setpriv). The kernel watches
/// the thread that started them, not the process, so one thread that lives as long as the process starts them all.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<(ProcessStartInfo What, TaskCompletionSource<Process> Started)> Waiting = [];

    static Launcher()
    {
        var thread = new Thread(Work) { IsBackground = true, Name = "process launcher" };
        thread.Start();
    }

    public static Task<Process> StartAsync(ProcessStartInfo what)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Add((what, started));
        return started.Task;
    }

    private static void Work()
    {
        foreach (var (what, started) in Waiting.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(what)!);
            }
            catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(new LocalGridException($"{what.FileName} can't be started: {fault.Message}", fault));
            }
        }
    }
}
