namespace VaultGrid.Channels;

/// <summary>How the sending side uses a channel.</summary>
public sealed record ChannelOptions
{
    /// <summary>The relay at the other end, such as <c>vaultgrid://relay/inner</c>: it alone is believed, and it alone carries messages out.</summary>
    public required string Peer { get; init; }

    /// <summary>How long a message may be carried out.</summary>
    /// <value>One day; at most seven.</value>
    public TimeSpan Life { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a call waits for its answer before it is told to come back.</summary>
    /// <value>20 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often is looked for answers.</summary>
    /// <value>50 milliseconds.</value>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(50);
}
