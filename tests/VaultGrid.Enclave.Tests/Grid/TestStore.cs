using System.Security.Cryptography;

namespace VaultGrid.Enclave.Tests;

/// <summary>A directory for one enclave's store, and the enclave in this process over it, which can be started again and again.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly TimeProvider _time;

    public TestStore(TimeProvider? time = null, bool guarded = false)
    {
        _time = time ?? TimeProvider.System;
        Root = Directory.CreateTempSubdirectory("vg-").FullName;
        KeyFile = Path.Combine(Root, "key");
        File.WriteAllBytes(KeyFile, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Guard = guarded ? new FileVersionGuard(Path.Combine(Root, "guard")) : null;
    }

    public string Root { get; }

    public string KeyFile { get; set; }

    public string StoreFolder => Path.Combine(Root, "store");

    public string StoreFile => Path.Combine(StoreFolder, "store.sealed");

    public IVersionGuard? Guard { get; set; }

    public Action<SaveStep>? Probe { get; set; }

    /// <summary>How long a file of the audit log gets.</summary>
    public long SegmentBytes { get; set; } = AuditFile.UsualLength;

    /// <summary>Whether steps and starts wait for witnesses.</summary>
    public bool Witnesses { get; set; }

    public EnclaveCore? Core { get; private set; }

    /// <summary>Starts the enclave, or says why it doesn't.</summary>
    public Outcome<EnclaveCore> TryStart()
    {
        var adapter = new SoftwareAdapter(KeyFileSecret.Read(KeyFile).Value);
        var directory = StoreDirectory.Take(StoreFolder).Value;
        if (SealedVault.Open(directory, adapter, Guard, _time, Probe, Witnesses, SegmentBytes).Is(out var vault, out var refusal)) return Core = new EnclaveCore(vault, adapter, _time);
        directory.Dispose();
        adapter.Dispose();
        return refusal;
    }

    /// <summary>Starts it as a node of a grid.</summary>
    public TestNode Start(TestGrid grid, string id = "1/1") => new(grid, NodeId.Parse(id), new CorePort(TryStart().Value));

    public void Stop()
    {
        Core?.Dispose();
        Core = null;
    }

    public void Dispose()
    {
        Stop();
        Directory.Delete(Root, recursive: true);
    }
}
