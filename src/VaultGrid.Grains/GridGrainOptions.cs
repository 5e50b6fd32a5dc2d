using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VaultGrid.Grains;

/// <summary>How patient and how busy the grains are.</summary>
public sealed class GridGrainOptions
{
    /// <summary>An enclave that does not answer a call within this time counts as detached.</summary>
    /// <value>10 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan EnclaveTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An enclave that does not say how it is within this time counts as detached.</summary>
    /// <value>2 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan StatusTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the nodes of a cluster are asked how they are, and brought into step where they are not.</summary>
    /// <value>5 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So many calls may be under way in one enclave; more are refused.</summary>
    /// <value>256</value>
    [Range(1, 65_536)]
    public int EnclaveCalls { get; set; } = 256;

    /// <summary>So many calls from outside may be under way in one cluster, on one silo; more are refused.</summary>
    /// <value>1024</value>
    [Range(1, 1_048_576)]
    public int BridgeCalls { get; set; } = 1024;

    /// <summary>How often every node's part of every key is checked and used; zero for never.</summary>
    /// <value>One day; less than a minute counts as one.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan AuditEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How sessions of several clusters are coordinated, and what is prepared for them.</summary>
    [ValidateObjectMembers]
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>How keys that nodes generated together are served.</summary>
    [ValidateObjectMembers]
    public SharedKeyOptions SharedKeys { get; set; } = new();
}
