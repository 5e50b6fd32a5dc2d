namespace VaultGrid.Grains.Tests;

internal sealed partial class VaultSite
{
    private partial Task ChooseStoreAsync(Dictionary<string, string?> settings)
    {
        settings["VaultGrid:Storage:Kind"] = "sqlite";
        settings["VaultGrid:Storage:Directory"] = Path.Combine(_directory.FullName, "silo");
        return Task.CompletedTask;
    }
}
