using VaultGrid.Ceremony.Keys;

namespace VaultGrid.Ceremony.Authorities;

/// <summary>How a grid's authorities are made and how long what they issue lasts.</summary>
public sealed record AuthorityOptions
{
    /// <summary>The organisation in every certificate's subject, for people alone.</summary>
    /// <value><c>VaultGrid</c>.</value>
    public string Organization { get; init; } = "VaultGrid";

    /// <summary>The CAs' keys.</summary>
    /// <value>P-256.</value>
    public SigningKeyKind KeyKind { get; init; } = SigningKeyKind.P256;

    /// <summary>How private key files are encrypted.</summary>
    /// <value>600,000 rounds.</value>
    public KeyProtection Protection { get; init; } = KeyProtection.Standard;

    /// <summary>The root's validity, at most 20 years.</summary>
    /// <value>20 years of 365 days.</value>
    public TimeSpan RootValidity { get; init; } = TimeSpan.FromDays(7300);

    /// <summary>The other CAs' validity, at most 10 years.</summary>
    /// <value>10 years of 365 days.</value>
    public TimeSpan AuthorityValidity { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>Other certificates' validity, at most 2 years.</summary>
    /// <value>1 year of 365 days.</value>
    public TimeSpan LeafValidity { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long a revocation list lasts until it is overdue.</summary>
    /// <value>7 days.</value>
    public TimeSpan ListValidity { get; init; } = TimeSpan.FromDays(7);
}
