namespace VaultGrid.Benchmarks;

/// <summary>What several rounds gave.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Spread">From the least to the greatest, as a part of the median.</param>
internal readonly record struct Sample(double Median, double Spread)
{
    public static Sample Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Sample(median, median == 0 ? 0 : (sorted[^1] - sorted[0]) / median);
    }

    /// <summary>A rate as a time: <paramref name="unit"/> / rate, such as milliseconds for 1000 and a rate per second.</summary>
    public Sample Inverse(double unit) => this with { Median = unit / Median };

    /// <summary>A percentile of many latencies or the like; sorts them in place.</summary>
    public static double Percentile(double[] values, double part)
    {
        Array.Sort(values);
        return values[Math.Min(values.Length - 1, (int)(values.Length * part))];
    }
}
