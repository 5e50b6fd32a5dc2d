return await VaultGrid.Silo.Hosting.SiloCommand.Root().Parse(args).InvokeAsync();
