using VaultGrid.Ceremony.Keys;
using VaultGrid.Ceremony.Trusts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LocalGrid;

/// <summary>An operator of a grid on this machine, with certificate and key.</summary>
public sealed class LocalOperator : IDisposable
{
    private readonly SigningKey _key;

    internal LocalOperator(RoleCertificate certificate, SigningKey key) => (Certificate, _key) = (certificate, key);

    /// <summary>The certificate.</summary>
    public RoleCertificate Certificate { get; }

    /// <summary>The identity.</summary>
    public string Identity => Certificate.Identity.Uri;

    /// <summary>Signs a Trust, whatever it says.</summary>
    public OperatorSignature Sign(TrustBody trust) => TrustSigner.Sign(trust, Certificate, _key).Value;

    /// <summary>What an honest operator does first (<see cref="TrustReview"/>).</summary>
    public static Outcome<Done> Review(TrustBody trust, TrustBody? before, TrustedAuthorities authorities, DateTimeOffset now) => TrustReview.Check(trust, before, authorities, now);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
