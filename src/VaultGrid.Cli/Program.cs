using VaultGrid.Cli;

return await CommandLine.RunAsync(args);
