namespace VaultGrid.Enclave;

/// <summary>A Domain that was checked, in its chain as one snapshot knows it.</summary>
/// <param name="Domain">The Domain.</param>
/// <param name="Held">What is stored of its chain.</param>
/// <param name="Chain">Its Trust and the newest of the chain.</param>
/// <param name="State">The snapshot.</param>
internal sealed record DomainPlace(Domain Domain, HeldChain Held, TrustChain Chain, VaultState State)
{
    /// <summary>This enclave, as Trusts name it.</summary>
    public Signatory Self { get; } = Signatory.Of(State.Certificate!);
}
