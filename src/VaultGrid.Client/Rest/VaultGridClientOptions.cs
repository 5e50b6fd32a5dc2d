using System.ComponentModel.DataAnnotations;

namespace VaultGrid.Client;

/// <summary>How a client reaches a grid.</summary>
public sealed record VaultGridClientOptions
{
    /// <summary>The relay's address, <c>https://host:port</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>How long one attempt may take, from connecting to the last byte of the answer.</summary>
    /// <value>40 seconds: longer than a grid takes to notice a silo that died.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long connecting may take, the TLS handshake included.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call that may be repeated is tried again.</summary>
    /// <value>3; from 0 to 10.</value>
    [Range(0, 10)]
    public int Retries { get; init; } = 3;

    /// <summary>The longest wait before the first repetition; it doubles with each, and the real wait is drawn below it.</summary>
    /// <value>200 milliseconds.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before any repetition. A grid that asks for a longer one is not asked again.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many connections at most.</summary>
    /// <value>16; from 1 to 1024. HTTP/2 carries many calls on each.</value>
    [Range(1, 1024)]
    public int Connections { get; init; } = 16;

    /// <summary>Says what is wrong with the options, if anything.</summary>
    public Refusal? Check()
    {
        if (Address is not { IsAbsoluteUri: true, Scheme: "https", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            return Wrong("the address of a grid is https://host:port and nothing more");
        if (Timeout <= TimeSpan.Zero || ConnectTimeout <= TimeSpan.Zero) return Wrong("timeouts are longer than nothing");
        if (Retries is < 0 or > 10) return Wrong("a call is repeated 0 to 10 times");
        if (RetryDelay <= TimeSpan.Zero || RetryDelayMax < RetryDelay) return Wrong("the longest wait is at least the first, and that is longer than nothing");
        return Connections is < 1 or > 1024 ? Wrong("there are 1 to 1024 connections") : null;
    }

    private static Refusal Wrong(string why) => new(RefusalCode.InputMalformed, why);
}
