using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

/// <summary>
/// secp256k1_context. One per process: it is randomised before its first use (blinding against side channels) and only read afterwards,
/// which the library allows from any number of threads.
/// </summary>
internal sealed partial class Secp256k1Context : SafeHandle
{
    private static readonly Lazy<Secp256k1Context> Only = new(Create);

    public Secp256k1Context()
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
    }

    public static Secp256k1Context Shared => Only.Value;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Destroy(handle);
        return true;
    }

    private static unsafe Secp256k1Context Create()
    {
        var context = Create(Secp256k1.ContextNone);
        NativeCallException.ThrowUnless(!context.IsInvalid, 0, "secp256k1_context_create");

        // The default callback for an illegal argument ends the process. Ours lets the call return 0, which every wrapper turns
        // into an exception. The callback for a broken invariant inside the library stays: there is no going on after that.
        SetIllegalCallback(context, &OnIllegalArgument, 0);

        using var seed = SecretBytes.Random(32);
        var code = Randomize(context, seed.Handle);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_context_randomize");
        return context;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnIllegalArgument(nint message, nint data)
    {
    }

    // secp256k1_context* secp256k1_context_create(unsigned int flags); NULL never (aborts when memory is short)
    [LibraryImport(Secp256k1.Library, EntryPoint = "secp256k1_context_create")]
    private static partial Secp256k1Context Create(uint flags);

    // void secp256k1_context_destroy(secp256k1_context* ctx)
    [LibraryImport(Secp256k1.Library, EntryPoint = "secp256k1_context_destroy")]
    private static partial void Destroy(nint context);

    // int secp256k1_context_randomize(secp256k1_context* ctx, const unsigned char *seed32); 1 = done
    [LibraryImport(Secp256k1.Library, EntryPoint = "secp256k1_context_randomize")]
    private static partial int Randomize(Secp256k1Context context, LockedBlock seed32);

    // void secp256k1_context_set_illegal_callback(secp256k1_context* ctx, void (*fun)(const char* message, void* data), const void* data)
    [LibraryImport(Secp256k1.Library, EntryPoint = "secp256k1_context_set_illegal_callback")]
    private static unsafe partial void SetIllegalCallback(Secp256k1Context context, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint data);
}
