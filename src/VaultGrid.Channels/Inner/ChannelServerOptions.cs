namespace VaultGrid.Channels;

/// <summary>How the receiving side serves a channel.</summary>
public sealed record ChannelServerOptions
{
    /// <summary>The internal relay that messages are carried out at, <c>https://host:port</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The relays whose messages are carried out, by identity; those of the Relay CA and no others could send any.</summary>
    public required IReadOnlyCollection<string> Peers { get; init; }

    /// <summary>How long one call may take.</summary>
    /// <value>40 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How many messages are carried out side by side.</summary>
    /// <value>8.</value>
    public int AtOnce { get; init; } = 8;

    /// <summary>By how much the clocks of the two relays may differ.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(5);
}
