using Microsoft.Win32.SafeHandles;

namespace VaultGrid.Enclave;

/// <summary>Reads a secret from a file that nobody but its owner can read, straight into locked memory.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads all of it; <c>store.sealed</c> where it isn't there, is open to others, or is empty or longer than the limit.</summary>
    public static Outcome<SecretBytes> Read(string path, string what, int limit)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(file, path, what, limit);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Sealed($"{what} can't be read from {path}: {failed.Message}");
        }
    }

    private static Outcome<SecretBytes> Read(SafeFileHandle file, string path, string what, int limit)
    {
        if ((File.GetUnixFileMode(file) & Others) != 0) return Sealed($"{what} in {path} is open to other users: chmod 600 {path}");

        var length = RandomAccess.GetLength(file);
        if (length < 1 || length > limit) return Sealed($"{what} in {path} has {length} bytes where 1 to {limit} are allowed");

        var secret = new SecretBytes((int)length);
        var read = 0;
        while (read < length)
        {
            var count = RandomAccess.Read(file, secret.Span[read..], read);
            if (count == 0) break;
            read += count;
        }

        if (read == length) return secret;
        secret.Dispose();
        return Sealed($"{what} in {path} changed while it was read");
    }

    private static Refusal Sealed(string detail) => new(RefusalCode.StoreSealed, detail);
}
