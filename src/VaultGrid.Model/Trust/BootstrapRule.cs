namespace VaultGrid.Model;

/// <summary>A grid begins once: one Bootstrap Trust for each Root CA, and for nothing but the operators' own key Domains.</summary>
public static class BootstrapRule
{
    /// <summary>Checks a Bootstrap Trust against the one that an enclave remembers for its root.</summary>
    /// <param name="trust">The Trust.</param>
    /// <param name="known">The hash of the one it has seen, or null; it keeps it for good, beyond any chain.</param>
    public static Outcome<Done> CheckOnce(Trust trust, Hash256? known)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (!trust.Body.IsBootstrap || known is null || known == trust.Hash) return default(Done);
        return new Refusal(RefusalCode.TrustBootstrap, $"under this root the Bootstrap Trust {known} was signed; there is never a second");
    }

    /// <summary>Checks what a Domain under a Trust may be: under a Bootstrap Trust one signing key of an operator, else anything.</summary>
    public static Outcome<Done> CheckDomain(TrustBody trust, DomainKeys keys)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(keys);

        // The kinds of key that an operator's certificate can hold.
        var serves = keys.Owner.Length > 0 && keys.Masters.All(master => master.Kind is MasterKeyKind.EcdsaP256 or MasterKeyKind.Rsa3072);
        return serves || !trust.IsBootstrap
            ? default(Done)
            : new Refusal(RefusalCode.TrustBootstrap, "a Bootstrap Trust serves the operators' own signing keys alone: ecdsa-p256 or rsa-3072, owned by an operator");
    }
}
