namespace VaultGrid.Model;

/// <summary>What a call uses: a key of the grid, or a Domain.</summary>
public abstract record CallTarget
{
    private CallTarget() { }

    /// <summary>A key, by the hash of its birth record.</summary>
    public sealed record Key(Hash256 Birth) : CallTarget;

    /// <summary>A Domain.</summary>
    public sealed record OfDomain(DomainId Id) : CallTarget;
}
