using System.Runtime.InteropServices;

namespace VaultGrid.Benchmarks;

/// <summary>PKCS#11 v2.40 as SoftHSM2 exports it, as far as the benchmarks call it. Numbers are those of its header, pkcs11t.h.</summary>
internal static class Pkcs11
{
    private const string Library = "libsofthsm2.so";

    // Debian keeps it out of the usual directories.
    private static readonly string[] Places = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];

    static Pkcs11() => NativeLibrary.SetDllImportResolver(
        typeof(Pkcs11).Assembly,
        (name, _, _) => name == Library && Places.FirstOrDefault(File.Exists) is { } place ? NativeLibrary.Load(place) : 0);

    // int setenv(const char *name, const char *value, int overwrite); .NET's own setting is not seen by native code.
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    [DllImport(Library, EntryPoint = "C_Initialize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Initialize(nint[] arguments);

    [DllImport(Library, EntryPoint = "C_Finalize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint EndLibrary(nint reserved);

    [DllImport(Library, EntryPoint = "C_InitToken")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint InitToken(nuint slot, byte[] pin, nuint pinLength, byte[] label);

    [DllImport(Library, EntryPoint = "C_GetSlotList")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint GetSlots(byte present, nuint[] slots, ref nuint count);

    [DllImport(Library, EntryPoint = "C_OpenSession")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint OpenSession(nuint slot, nuint flags, nint application, nint notify, out nuint session);

    [DllImport(Library, EntryPoint = "C_InitPIN")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint InitPin(nuint session, byte[] pin, nuint pinLength);

    [DllImport(Library, EntryPoint = "C_Login")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Login(nuint session, nuint user, byte[] pin, nuint pinLength);

    [DllImport(Library, EntryPoint = "C_Logout")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Logout(nuint session);

    [DllImport(Library, EntryPoint = "C_GenerateKeyPair")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint GenerateKeyPair(
        nuint session, ref Mechanism mechanism, Field[] publicFields, nuint publicCount, Field[] privateFields, nuint privateCount, out nuint publicKey, out nuint privateKey);

    [DllImport(Library, EntryPoint = "C_GenerateKey")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint GenerateKey(nuint session, ref Mechanism mechanism, Field[] fields, nuint count, out nuint key);

    [DllImport(Library, EntryPoint = "C_SignInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint StartSignature(nuint session, ref Mechanism mechanism, nuint key);

    [DllImport(Library, EntryPoint = "C_Sign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Sign(nuint session, byte[] message, nuint length, byte[] signature, ref nuint signatureLength);

    [DllImport(Library, EntryPoint = "C_EncryptInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint StartEncryption(nuint session, ref Mechanism mechanism, nuint key);

    [DllImport(Library, EntryPoint = "C_Encrypt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Encrypt(nuint session, byte[] plaintext, nuint length, byte[] ciphertext, ref nuint ciphertextLength);

    [DllImport(Library, EntryPoint = "C_DecryptInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint StartDecryption(nuint session, ref Mechanism mechanism, nuint key);

    [DllImport(Library, EntryPoint = "C_Decrypt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Decrypt(nuint session, byte[] ciphertext, nuint length, byte[] plaintext, ref nuint plaintextLength);

    /// <summary>Ends the measurement on anything but CKR_OK.</summary>
    public static void Require(nuint result, string call)
    {
        if (result != 0) throw new BenchmarkException($"SoftHSM2 answered 0x{result:x} to {call}");
    }

    // CK_ATTRIBUTE
    [StructLayout(LayoutKind.Sequential)]
    internal struct Field
    {
        public nuint Type;
        public nint Value;
        public nuint Length;
    }

    // CK_MECHANISM
    [StructLayout(LayoutKind.Sequential)]
    internal struct Mechanism
    {
        public nuint Kind;
        public nint Parameter;
        public nuint Length;
    }

    // CK_GCM_PARAMS
    [StructLayout(LayoutKind.Sequential)]
    internal struct GcmParameters
    {
        public nint Nonce;
        public nuint NonceLength;
        public nuint NonceBits;
        public nint Data;
        public nuint DataLength;
        public nuint TagBits;
    }
}
