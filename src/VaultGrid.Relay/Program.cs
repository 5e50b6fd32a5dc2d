return await VaultGrid.Relay.RelayCommand.Root().Parse(args).InvokeAsync();
