namespace VaultGrid.Benchmarks;

/// <summary>How long is measured.</summary>
/// <param name="Rounds">How often each row is measured; the median is told.</param>
/// <param name="Round">How long a round of a tight loop takes.</param>
/// <param name="Scale">What the counts of requests are multiplied with.</param>
/// <param name="Generations">How many keys of a scheme are generated, over several grids; 0 for the usual number on the grid that there is.</param>
internal sealed record Effort(int Rounds, TimeSpan Round, double Scale, int Generations = 0)
{
    private const int ManyGenerations = 1000;

    /// <summary>The effort that a command line asks for; quick and full together only show that everything runs.</summary>
    public static Effort Of(bool isQuick, bool isFull)
    {
        var effort = isQuick ? new Effort(2, TimeSpan.FromMilliseconds(100), 0.1) : new Effort(5, TimeSpan.FromMilliseconds(400), 1);
        return isFull ? effort with { Generations = effort.Count(ManyGenerations) } : effort;
    }

    /// <summary>True for rounds that are too few to be quoted.</summary>
    public bool IsQuick => Scale < 1;

    /// <summary>A count of requests at this effort.</summary>
    public int Count(int full) => Math.Max(64, (int)(full * Scale));

    /// <summary>How many keys of a scheme are generated where nobody asks for more.</summary>
    public int UsualGenerations => Math.Max(10, (int)(100 * Scale));

    /// <summary>The same for tight loops that are many: fewer and shorter rounds.</summary>
    public Effort Shorter => this with { Rounds = Math.Min(3, Rounds), Round = Round / 3 };
}
