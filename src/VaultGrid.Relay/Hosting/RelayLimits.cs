using System.ComponentModel.DataAnnotations;

namespace VaultGrid.Relay;

/// <summary>How much a relay takes, of one caller and of all.</summary>
public sealed class RelayLimits
{
    /// <summary>The largest request body, in bytes.</summary>
    /// <value>1 MiB.</value>
    [Range(64 << 10, 16 << 20)]
    public int RequestBody { get; set; } = 1 << 20;

    /// <summary>The largest size of all headers of a request together, in bytes.</summary>
    /// <value>16 KiB.</value>
    [Range(4 << 10, 64 << 10)]
    public int RequestHeaders { get; set; } = 16 << 10;

    /// <summary>How many requests of one caller may be under way.</summary>
    /// <value>128.</value>
    [Range(1, 100_000)]
    public int ConcurrentRequestsPerCaller { get; set; } = 128;

    /// <summary>How many requests of one caller are taken in a second, in the long run.</summary>
    /// <value>1000.</value>
    [Range(1, 1_000_000)]
    public int RequestsPerSecondPerCaller { get; set; } = 1000;

    /// <summary>How many requests of one caller are taken at once after a pause.</summary>
    /// <value>2000.</value>
    [Range(1, 1_000_000)]
    public int BurstPerCaller { get; set; } = 2000;

    /// <summary>How many requests of all callers may be under way.</summary>
    /// <value>1024.</value>
    [Range(1, 100_000)]
    public int ConcurrentRequests { get; set; } = 1024;

    /// <summary>How many connections may be open.</summary>
    /// <value>2048.</value>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 2048;

    /// <summary>How long the TLS handshake may take.</summary>
    /// <value>10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the headers of a request may take to arrive.</summary>
    /// <value>10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the body of a request may take to arrive.</summary>
    /// <value>15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a request may take in all.</summary>
    /// <value>35 seconds: a little longer than the grid takes to notice a silo that died, a little shorter than the client waits.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(35);
}
