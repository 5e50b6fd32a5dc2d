namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>Something that meets bytes from outside.</summary>
/// <param name="Name">Its name: also the name of its folder in the corpus.</param>
/// <param name="Run">
/// Gives it bytes and says, in words that are the same for the same way through the code, what it made of them. Throws where it did what no parser may:
/// an exception that isn't its own, two encodings of one value, a fault.
/// </param>
internal sealed record FuzzTarget(string Name, Func<byte[], string> Run);
