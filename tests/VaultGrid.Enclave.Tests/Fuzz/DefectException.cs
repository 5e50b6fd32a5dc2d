namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>A parser did what none may.</summary>
internal sealed class DefectException(string message) : Exception(message);
