using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>Replaces a file as a whole, durably: new file, fsync, rename, fsync of the directory. A crash leaves the old or the new one.</summary>
internal static class DurableFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces it, or makes it.</summary>
    /// <exception cref="IOException">It may or may not have been replaced.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content, Action? beforeRename = null)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        beforeRename?.Invoke();
        File.Move(next, path, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes names in a directory durable.</summary>
    public static void SyncDirectory(string path)
    {
        var descriptor = Posix.Open(path, Posix.OpenDirectory | Posix.CloseOnExec);
        if (descriptor < 0) throw Failed("open", path);
        var synced = Posix.Sync(descriptor) == 0;
        var failure = synced ? null : Failed("fsync", path);
        _ = Posix.Close(descriptor);
        if (failure is not null) throw failure;
    }

    /// <summary>Brings a file's content to disk, and of what the file system records about it only what is needed to find it.</summary>
    /// <exception cref="IOException">It may or may not be there.</exception>
    public static void SyncData(SafeFileHandle file)
    {
        if (Posix.SyncData(file) != 0) throw Failed("fdatasync", "a journal");
    }

    private static IOException Failed(string call, string path)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"{call} of {path} failed: {error.Message}", error);
    }
}
