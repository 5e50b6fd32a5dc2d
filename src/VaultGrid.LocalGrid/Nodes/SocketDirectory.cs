using System.Security.Cryptography;
using VaultGrid.Ceremony.Files;

namespace VaultGrid.LocalGrid;

/// <summary>Where sockets go: their paths may have 107 bytes (sun_path), so a deep directory of the grid's own won't do.</summary>
internal static class SocketDirectory
{
    public static string Make()
    {
        var path = Path.Combine(Path.GetTempPath(), $"vg-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}");
        AtomicFile.CreateDirectory(path);
        return path;
    }
}
