using System.ComponentModel.DataAnnotations;

namespace VaultGrid.Grains;

/// <summary>How keys that nodes generated together are served.</summary>
public sealed class SharedKeyOptions
{
    /// <summary>A holder that does not answer a step of a signature within this time counts as silent.</summary>
    /// <value>3 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:25")]
    public TimeSpan StepTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a try may hang before another begins beside it with other holders; longer, up to the time for a step, where signatures take longer than usual for everybody.</summary>
    /// <value>300 milliseconds</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan HedgeAfter { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A signature or evaluation that is not there by then is given up.</summary>
    /// <value>20 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:28")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a holder that spoiled or missed a signature is asked last.</summary>
    /// <value>30 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Grudge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many sessions are kept ready for each key that is in use, so that signing takes one round; 0 keeps none.</summary>
    /// <value>16</value>
    [Range(0, 256)]
    public int Pool { get; set; } = 16;

    /// <summary>How long a ceremony waits for members that say nothing before it goes on with the others.</summary>
    /// <value>750 milliseconds</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan CeremonyPatience { get; set; } = TimeSpan.FromMilliseconds(750);

    /// <summary>How long a caller waits for a ceremony; it goes on without one.</summary>
    /// <value>20 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:28")]
    public TimeSpan CeremonyWait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>A ceremony that has not come to its end by then is given up, unless a version may be in force by it.</summary>
    /// <value>10 minutes</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CeremonyDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often holders are asked how they are, up to six times as rarely where all is well: who missed a version or lost a share is helped, and a refresh that is due begins.</summary>
    /// <value>10 seconds</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan TendEvery { get; set; } = TimeSpan.FromSeconds(10);
}
