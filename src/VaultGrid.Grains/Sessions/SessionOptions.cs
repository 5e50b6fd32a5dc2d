using System.ComponentModel.DataAnnotations;

namespace VaultGrid.Grains;

/// <summary>How sessions of several clusters are coordinated, and what is prepared for them.</summary>
public sealed class SessionOptions
{
    /// <summary>A participant that does not answer a step within this time counts as silent; others are tried.</summary>
    /// <value>3 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:25")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A session that has made no signature by then is given up.</summary>
    /// <value>20 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:28")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The most tries of one session, each with its own id and, where it can be, with other participants.</summary>
    /// <value>8</value>
    [Range(1, 64)]
    public int Tries { get; set; } = 8;

    /// <summary>How long a node or a combination that spoiled a session is passed over by other sessions, where there are others.</summary>
    /// <value>30 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Grudge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many sessions are kept prepared for each key that is in use, for the combination that would sign next; 0 prepares none.</summary>
    /// <value>16</value>
    [Range(0, 512)]
    public int Presign { get; set; } = 16;

    /// <summary>How long no session may have been under way on this silo before one is prepared.</summary>
    /// <value>20 milliseconds</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan PresignAfter { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>A prepared session is used within this time or not at all; enclaves hold them for an hour.</summary>
    /// <value>45 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:55:00")]
    public TimeSpan PresignLife { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>The pool of a key that nobody signs with for so long is not filled any more.</summary>
    /// <value>10 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PresignIdle { get; set; } = TimeSpan.FromMinutes(10);
}
