namespace VaultGrid.Benchmarks;

/// <summary>A part of the benchmark did not do what it measures; its figure would mean nothing.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
