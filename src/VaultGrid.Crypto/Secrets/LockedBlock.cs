using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// A rented block as a safe handle: an import that takes it keeps it alive for the call, and a block that nobody disposed is
/// wiped by its critical finalizer.
/// </summary>
internal sealed unsafe class LockedBlock : SafeHandle
{
    private readonly Action _giveBack;

    public LockedBlock(nint address, int length, Action giveBack)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        SetHandle(address);
        Length = length;
        _giveBack = giveBack;
    }

    public int Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The block's bytes. The span is valid while the block is reachable and not disposed: keep it alive past the last use.</summary>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<byte>((void*)handle, Length);
        }
    }

    protected override bool ReleaseHandle()
    {
        CryptographicOperations.ZeroMemory(new Span<byte>((void*)handle, Length));
        _giveBack();
        return true;
    }
}
