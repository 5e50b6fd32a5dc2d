using System.Diagnostics;

namespace VaultGrid.Benchmarks;

/// <summary>One line for each step, with the seconds since its process began.</summary>
internal static class Progress
{
    private static readonly long Started = Stopwatch.GetTimestamp();

    public static void Say(string what) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(Started).TotalSeconds,6:0.0} s  {what}");
}
