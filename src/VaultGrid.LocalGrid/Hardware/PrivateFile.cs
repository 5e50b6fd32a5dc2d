using System.Security.Cryptography;

namespace VaultGrid.LocalGrid;

/// <summary>Files with fresh secrets of a development grid, for their owner alone.</summary>
internal static class PrivateFile
{
    /// <summary>Writes random bytes, or their hex, into a file that isn't there yet.</summary>
    public static void Make(string path, int length, bool isText = false)
    {
        if (File.Exists(path)) return;
        var secret = RandomNumberGenerator.GetBytes(length);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            file.Write(isText ? System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)) : secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
