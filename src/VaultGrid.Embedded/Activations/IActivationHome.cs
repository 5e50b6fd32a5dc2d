namespace VaultGrid.Embedded.Activations;

/// <summary>Where an activation is registered, to be told when it has ended.</summary>
internal interface IActivationHome
{
    void Remove(Activation activation);
}
