namespace VaultGrid.Grains;

/// <summary>The CAs and revocation lists that the grid hands out (key <see cref="IGridGrain.Key"/>). A courier: enclaves check everything again.</summary>
[Alias("vg.authorities.v1")]
public interface IAuthoritiesGrain : IGrainWithStringKey
{
    /// <summary>Everything known; <c>resource.unknown</c> before the first bundle.</summary>
    [Alias("get")]
    Task<Answer<AuthoritiesBundle>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Adds a bundle to what is known. The first one's root is the grid's.</summary>
    [Alias("learn")]
    Task<Answer<AuthoritiesBundle>> LearnAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken);

    /// <summary>Adds a bundle and brings it to every attached node.</summary>
    [Alias("publish")]
    Task<Answer<PublishedAuthorities>> PublishAsync(AuthoritiesBundle bundle, CancellationToken cancellationToken);
}
