namespace VaultGrid.Client;

/// <summary>A Domain and where it stands.</summary>
public sealed record DomainStatus
{
    /// <summary>Its id.</summary>
    public required DomainId Domain { get; init; }

    /// <summary>The chain.</summary>
    public required TrustId Chain { get; init; }

    /// <summary>The Trust that it stands under.</summary>
    public required Hash256 Trust { get; init; }

    /// <summary>That Trust's number.</summary>
    public required ulong TrustNumber { get; init; }

    /// <summary>How often it was written, from 1.</summary>
    public required ulong Revision { get; init; }

    /// <summary>What its master keys are: <c>aes-256</c>, <c>ed25519</c>, <c>ecdsa-p256</c>, <c>ecdsa-secp256k1</c>, <c>rsa-3072</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the master key for new data.</summary>
    public required uint MasterVersion { get; init; }

    /// <summary>That key's public half in the form of its kind; null for AES.</summary>
    public ReadOnlyMemory<byte>? PublicKey { get; init; }

    /// <summary>The operator whose signing key it is; empty for others.</summary>
    public required string Owner { get; init; }

    /// <summary>When this revision came.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>True where the grid serves it no more.</summary>
    public required bool Retired { get; init; }

    /// <summary>The document (docs/domains.md); left out in listings.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }
}

/// <summary>Which Domains are wanted.</summary>
public sealed record DomainQuery : PageQuery
{
    /// <summary>Only this chain's.</summary>
    public TrustId? Chain { get; init; }

    /// <summary>Only this operator's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only those under a Trust with a number below this one: with the newest Trust's, those that wait to be re-wrapped. Needs <see cref="Chain"/>.</summary>
    public ulong? Below { get; init; }
}
