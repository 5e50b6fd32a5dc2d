namespace VaultGrid.Enclave;

/// <summary>Where an enclave writes: its store, its socket's directory, its guard's, what its adapter needs. Nothing else is writable.</summary>
internal static class SandboxPlaces
{
    /// <summary>The directories; the store's is made, the others have to be there.</summary>
    public static IReadOnlyList<string> Directories(EnclaveOptions options)
    {
        if (!Directory.Exists(options.Store)) Directory.CreateDirectory(options.Store, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        List<string> all = [options.Store, Parent(options.Socket)];
        if (options.VersionGuard is { } guard) all.Add(Parent(guard));
        all.AddRange(options.Writable);
        return all;
    }

    /// <summary>The files: nothing's and the TPM's.</summary>
    public static IReadOnlyList<string> Devices(EnclaveOptions options) =>
        options.TpmTcti?.Split(':', 2) is ["device", { } device] ? ["/dev/null", device] : ["/dev/null", "/dev/tpmrm0"];

    private static string Parent(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
