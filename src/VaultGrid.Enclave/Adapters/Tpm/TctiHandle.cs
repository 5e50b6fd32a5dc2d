using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>A TSS2_TCTI_CONTEXT: the way to a TPM.</summary>
internal sealed partial class TctiHandle : SafeHandle
{
    private const string Library = "libtss2-tctildr.so.0";

    private TctiHandle(nint context)
        : base(0, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == 0;

    /// <summary>Opens the way that a text names: <c>device:/dev/tpmrm0</c>, <c>swtpm:path=…</c>.</summary>
    public static TctiHandle Open(string name)
    {
        Tss.Check(Initialize(name, out var context), "Tss2_TctiLdr_Initialize");
        return new TctiHandle(context);
    }

    protected override bool ReleaseHandle()
    {
        Finalize(ref handle);
        return true;
    }

    // TSS2_RC Tss2_TctiLdr_Initialize(const char *nameConf, TSS2_TCTI_CONTEXT **context)
    [LibraryImport(Library, EntryPoint = "Tss2_TctiLdr_Initialize", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint Initialize(string name, out nint context);

    // void Tss2_TctiLdr_Finalize(TSS2_TCTI_CONTEXT **context)
    [LibraryImport(Library, EntryPoint = "Tss2_TctiLdr_Finalize")]
    private static partial void Finalize(ref nint context);
}
