using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>An ESYS_CONTEXT. Used by one thread at a time.</summary>
internal sealed class EsysHandle : SafeHandle
{
    public EsysHandle(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Esys.Finalize(ref handle);
        return true;
    }
}
