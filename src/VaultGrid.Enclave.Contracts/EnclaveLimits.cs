namespace VaultGrid.Enclave.Contracts;

/// <summary>The sizes that both sides of the boundary keep to.</summary>
public static class EnclaveLimits
{
    /// <summary>The largest frame behind its length, in bytes.</summary>
    public const int Frame = 4 * 1024 * 1024;

    /// <summary>The largest approved document: a policy, a membership record or a birth record, in bytes.</summary>
    public const int Document = 64 * 1024;

    /// <summary>The largest certificate, in bytes.</summary>
    public const int Certificate = 8 * 1024;

    /// <summary>The most certificates or lists in one call.</summary>
    public const int Authorities = 256;

    /// <summary>The most wrap keys that wait for their dealer.</summary>
    public const int WrapKeys = 16;

    /// <summary>The most keys that one enclave holds.</summary>
    public const int Keys = 1024;

    /// <summary>The most chains of Trusts that an enclave has wrap keys for.</summary>
    public const int Chains = 256;

    /// <summary>The most Domains in one call.</summary>
    public const int Batch = 256;

    /// <summary>The longest chain of approved records of one subject.</summary>
    public const int Records = 4096;

    /// <summary>The longest text, in bytes.</summary>
    public const int Text = 1024;

    /// <summary>The largest audit message, in bytes (protocol rule: it can't be mistaken for a transaction).</summary>
    public const int AuditMessage = 8;

    /// <summary>The longest signature or signed statement, in bytes.</summary>
    public const int Statement = 16 * 1024;
}
