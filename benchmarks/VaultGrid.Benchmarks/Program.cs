using VaultGrid.Benchmarks;

return await BenchmarkCommand.Root().Parse(args).InvokeAsync();
