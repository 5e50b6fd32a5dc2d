namespace VaultGrid.Model.Certificates;

/// <summary>What a certificate may be used for; the number is the last arc but the cluster of its policy OID. Frozen: additions only.</summary>
public enum CertificateRole
{
    /// <summary>The self-signed trust anchor.</summary>
    Root = 1,

    /// <summary>Certifies admins.</summary>
    AdminCa = 2,

    /// <summary>Certifies operators.</summary>
    OperatorCa = 3,

    /// <summary>Certifies relays and their clients.</summary>
    RelayCa = 4,

    /// <summary>Certifies Cluster CAs.</summary>
    DeviceCa = 5,

    /// <summary>Certifies the devices of one cluster.</summary>
    ClusterCa = 6,

    /// <summary>Approves actions.</summary>
    Admin = 7,

    /// <summary>Signs Trusts.</summary>
    Operator = 8,

    /// <summary>Serves the REST interface, and calls other relays.</summary>
    Relay = 9,

    /// <summary>Calls the service.</summary>
    Client = 10,

    /// <summary>One vault node: its D key.</summary>
    Device = 11,
}
