namespace VaultGrid.Enclave;

/// <summary>The directory of one enclave's store: open to its owner alone, held by one process at a time.</summary>
internal sealed class StoreDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private StoreDirectory(string path, FileStream held) => (StorePath, AuditPath, _lock) = (Path.Combine(path, "store.sealed"), Path.Combine(path, "audit"), held);

    /// <summary>The store's file.</summary>
    public string StorePath { get; }

    /// <summary>The folder of the audit log.</summary>
    public string AuditPath { get; }

    /// <summary>The folder of ceremonies' journals.</summary>
    public string CeremoniesPath => Path.Combine(Path.GetDirectoryName(StorePath)!, "ceremonies");

    /// <summary>Makes the directory where needed and takes it; <c>enclave.busy</c> where another process has it.</summary>
    public static Outcome<StoreDirectory> Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalCode.StoreSealed, $"the directory {path} can't be made or isn't this user's: {failed.Message}");
        }

        try
        {
            // flock: the kernel lets go of it when the process ends, however it ends.
            return new StoreDirectory(path, new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException failed)
        {
            return new Refusal(RefusalCode.StoreSealed, $"the store in {path} isn't this user's: {failed.Message}");
        }
        catch (IOException)
        {
            return new Refusal(RefusalCode.EnclaveBusy, $"another process has the store in {path}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
