namespace VaultGrid.Grains.Authorities;

/// <summary>The set of authorities, as <c>TrustedAuthorities</c> writes it; empty before the first bundle.</summary>
[GenerateSerializer, Alias("vg.authorities.state.v1")]
internal sealed class AuthoritiesState
{
    [Id(0)] public ReadOnlyMemory<byte> Set { get; set; }
}
