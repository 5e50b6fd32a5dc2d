namespace VaultGrid.Benchmarks;

/// <summary>How long is measured.</summary>
/// <param name="Rounds">How often each row is measured; the median is told.</param>
/// <param name="Round">How long a round of a tight loop takes.</param>
/// <param name="Scale">What the counts of requests are multiplied with.</param>
/// <param name="Generations">How many keys of a scheme are generated besides, for a mean over so many.</param>
internal sealed record Effort(int Rounds, TimeSpan Round, double Scale, int Generations = 0)
{
    public static readonly Effort Usual = new(5, TimeSpan.FromMilliseconds(400), 1);

    public static readonly Effort Full = Usual with { Generations = 1000 };

    public static readonly Effort Quick = new(2, TimeSpan.FromMilliseconds(100), 0.1);

    /// <summary>A count of requests at this effort.</summary>
    public int Count(int full) => Math.Max(64, (int)(full * Scale));

    /// <summary>How many keys of a scheme are generated in any case.</summary>
    public int UsualGenerations => Math.Max(10, (int)(100 * Scale));

    /// <summary>The same for tight loops that are many: fewer and shorter rounds.</summary>
    public Effort Shorter => this with { Rounds = Math.Min(3, Rounds), Round = Round / 3 };
}
