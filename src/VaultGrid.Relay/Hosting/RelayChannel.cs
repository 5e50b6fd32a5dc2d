using System.ComponentModel.DataAnnotations;

namespace VaultGrid.Relay;

/// <summary>A store-and-forward channel to another relay: a directory that is carried, copied, or shown as pictures.</summary>
public sealed class RelayChannel
{
    /// <summary>The directory; below it messages lie in <c>requests</c> and <c>answers</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Directory { get; set; } = "";

    /// <summary>The relay at the other end, such as <c>vaultgrid://relay/inner</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Peer { get; set; } = "";

    /// <summary>How long a message may be carried out.</summary>
    /// <value>One day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Life { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a call waits for its answer before it is told to come back (<c>channel.waiting</c>); less than the request's time limit.</summary>
    /// <value>20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);
}
