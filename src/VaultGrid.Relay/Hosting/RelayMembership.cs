namespace VaultGrid.Relay;

/// <summary>Where the silos of a grid on Orleans are listed.</summary>
public sealed class RelayMembership
{
    /// <summary>The PostgreSQL database that the silos use.</summary>
    public string Connection { get; set; } = "";

    /// <summary>The silos' cluster id.</summary>
    /// <value><c>vaultgrid</c>.</value>
    public string ClusterId { get; set; } = "vaultgrid";

    /// <summary>The silos' service id.</summary>
    /// <value><c>vaultgrid</c>.</value>
    public string ServiceId { get; set; } = "vaultgrid";
}
