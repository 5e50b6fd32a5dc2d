using System.Runtime.InteropServices;

namespace VaultGrid.Benchmarks;

/// <summary>The library itself, with nothing of ours around it.</summary>
internal static class Libsecp256k1
{
    private const string Library = "libsecp256k1.so.1";
    private const uint ContextNone = 1;

    // secp256k1_context *secp256k1_context_create(unsigned int flags)
    [DllImport(Library, EntryPoint = "secp256k1_context_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint CreateContext(uint flags);

    // int secp256k1_ecdsa_sign(const secp256k1_context *ctx, secp256k1_ecdsa_signature *sig, const unsigned char *msghash32,
    //   const unsigned char *seckey, secp256k1_nonce_function noncefp, const void *ndata)
    [DllImport(Library, EntryPoint = "secp256k1_ecdsa_sign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sign(nint context, byte[] signature, byte[] digest, byte[] key, nint nonce, nint nonceData);

    /// <summary>An operation that signs a new digest each time.</summary>
    public static Action Signing()
    {
        var (context, signature, digest, key) = (CreateContext(ContextNone), new byte[64], new byte[32], new byte[32]);
        key.AsSpan().Fill(0x42);
        return () =>
        {
            digest[0]++;
            if (Sign(context, signature, digest, key, 0, 0) != 1) throw new BenchmarkException("libsecp256k1 did not sign");
            digest[1] ^= signature[0];
        };
    }
}
