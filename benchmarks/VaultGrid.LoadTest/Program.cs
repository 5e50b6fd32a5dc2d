using VaultGrid.LoadTest;

return await LoadCommand.Root().Parse(args).InvokeAsync();
