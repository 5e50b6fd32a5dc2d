using System.Text;

namespace VaultGrid.Ceremony.Files;

/// <summary>Files that are there whole or not at all, and stay there through a power cut: 0600, in directories of 0700.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the file, syncs, renames over it, syncs the directory.</summary>
    /// <exception cref="IOException">The disk is full or the directory can't be written.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var partial = path + ".partial";

        // A file that a crash left behind may have other rights: make it anew.
        File.Delete(partial);
        using (var stream = new FileStream(partial, OwnerOnly(FileMode.CreateNew)))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Gives a whole, synced file its name, never over another's, and makes that last.</summary>
    /// <exception cref="IOException">There is a file of that name.</exception>
    public static void Publish(string partial, string path)
    {
        File.Move(partial, path, overwrite: false);
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a directory that its owner alone may enter.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How a file is opened that its owner alone may read, by one process at a time.</summary>
    internal static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
