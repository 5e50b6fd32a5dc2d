using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VaultGrid.Relay;

/// <summary>How a relay listens, who it is, and whom it believes. Bound from the section <see cref="Section"/>.</summary>
public sealed class RelayOptions
{
    /// <summary>Where these options stand in the configuration.</summary>
    public const string Section = "VaultGrid:Relay";

    /// <summary>The address to listen on: an IP address, or <c>*</c> for all.</summary>
    /// <value><c>127.0.0.1</c>.</value>
    [Required]
    public string Listen { get; set; } = "127.0.0.1";

    /// <summary>The port to listen on; 0 has the system choose one.</summary>
    /// <value>8443.</value>
    [Range(0, 65535)]
    public int Port { get; set; } = 8443;

    /// <summary>A second port on the same address for <c>/health</c> alone, without TLS, for probes that have no certificate; none where null.</summary>
    /// <value>None.</value>
    [Range(0, 65535)]
    public int? HealthPort { get; set; }

    /// <summary>The file of the relay's certificate (role relay, naming the host), PEM, followed by the Relay CA's.</summary>
    [Required(AllowEmptyStrings = false)]
    public string CertificateFile { get; set; } = "";

    /// <summary>The file of its private key, encrypted PKCS#8, PEM.</summary>
    [Required(AllowEmptyStrings = false)]
    public string KeyFile { get; set; } = "";

    /// <summary>The file whose first line is the passphrase of that key.</summary>
    [Required(AllowEmptyStrings = false)]
    public string PassphraseFile { get; set; } = "";

    /// <summary>The file of the Root CA's certificate, PEM.</summary>
    [Required(AllowEmptyStrings = false)]
    public string RootFile { get; set; } = "";

    /// <summary>The file of the CA certificates and revocation lists to begin with, PEM; read again at each refresh.</summary>
    [Required(AllowEmptyStrings = false)]
    public string AuthoritiesFile { get; set; } = "";

    /// <summary>How often the authorities are asked of the grid and read from the file.</summary>
    /// <value>One minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan AuthorityRefresh { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The relay that calls are forwarded to (<c>https://host:port</c>), for a relay on its own. A silo has its grains instead.</summary>
    public Uri? Upstream { get; set; }

    /// <summary>The channel that calls go into, for a relay whose grid lies behind an air gap; instead of <see cref="Upstream"/>.</summary>
    [ValidateObjectMembers]
    public RelayChannel? Channel { get; set; }

    /// <summary>Clusters of keys of this grid that are in other grids: the coordinator of a silo that serves this relay itself reaches them there.</summary>
    [ValidateEnumeratedItems]
    public IList<RelayRemote> Remotes { get; } = [];

    /// <summary>How a relay on its own reaches the silos of a grid on Orleans, where it has no upstream.</summary>
    public RelayMembership? Membership { get; set; }

    /// <summary>How much it takes.</summary>
    [Required]
    [ValidateObjectMembers]
    public RelayLimits Limits { get; set; } = new();
}
