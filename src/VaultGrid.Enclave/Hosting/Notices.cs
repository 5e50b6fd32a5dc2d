namespace VaultGrid.Enclave;

/// <summary>The enclave's voice on standard error: one line each; ids, codes and counts, never payloads.</summary>
internal static class Notices
{
    /// <summary>Says what happened.</summary>
    public static void Say(string sentence) => Console.Error.WriteLine($"vaultgrid-enclave: {sentence}");

    /// <summary>Says what failed; of an exception its kind and place, and the operating system's words, which name paths only.</summary>
    public static void Failed(string what, Exception exception) =>
        Say(exception is IOException or UnauthorizedAccessException or LockedMemoryException
            ? $"error: {what}: {exception.Message}"
            : $"error: {what}: {exception.GetType().Name} {exception.StackTrace?.Split('\n')[0].Trim()}");
}
