global using VaultGrid.Cli.Running;
global using VaultGrid.Crypto;
global using VaultGrid.Model;
