namespace VaultGrid.Model.Certificates;

/// <summary>What can be done with a Domain. The places of the bits are frozen: certificates carry them.</summary>
[Flags]
public enum DomainOperations
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Make it.</summary>
    Create = 1,

    /// <summary>Have a file key wrapped.</summary>
    Encrypt = 2,

    /// <summary>Have a file key unwrapped, or decrypt with its key pair.</summary>
    Decrypt = 4,

    /// <summary>Sign with its key pair.</summary>
    Sign = 8,

    /// <summary>Re-wrap it for the newest Trust, draw a new master key, re-wrap file keys.</summary>
    Rotate = 16,

    /// <summary>Everything.</summary>
    All = Create | Encrypt | Decrypt | Sign | Rotate,
}
