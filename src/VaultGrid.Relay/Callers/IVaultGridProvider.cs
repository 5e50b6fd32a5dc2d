namespace VaultGrid.Relay;

/// <summary>Gives the grid behind the relay, as one caller sees it. A silo supplies its grains, a relay on its own an upstream relay.</summary>
public interface IVaultGridProvider
{
    /// <summary>The grid for a caller whose certificate has been verified. Called once for each request: cheap.</summary>
    IVaultGrid For(Caller caller);
}
