using System.Runtime.InteropServices;
using System.Text;

namespace VaultGrid.Benchmarks;

/// <summary>SoftHSM2 through PKCS#11 v2.40, as far as a signature on secp256k1 needs it. Numbers are those of its header, pkcs11t.h.</summary>
internal static class SoftHsm
{
    private const string Library = "libsofthsm2.so";
    private const string Pin = "123456";
    private const nuint User = 1;
    private const nuint SerialSession = 4 | 2;
    private const nuint GenerateEc = 0x1040;
    private const nuint Ecdsa = 0x1041;

    // Debian keeps it out of the usual directories.
    private static readonly string[] Places = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so"];

    static SoftHsm() => NativeLibrary.SetDllImportResolver(
        typeof(SoftHsm).Assembly,
        (name, _, _) => name == Library && Places.FirstOrDefault(File.Exists) is { } place ? NativeLibrary.Load(place) : 0);

    // CK_ATTRIBUTE
    [StructLayout(LayoutKind.Sequential)]
    private struct Field
    {
        public nuint Type;
        public nint Value;
        public nuint Length;
    }

    // CK_MECHANISM
    [StructLayout(LayoutKind.Sequential)]
    private struct Mechanism
    {
        public nuint Kind;
        public nint Parameter;
        public nuint Length;
    }

    // int setenv(const char *name, const char *value, int overwrite); .NET's own setting is not seen by native code.
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);

    [DllImport(Library, EntryPoint = "C_Initialize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint Initialize(nint[] arguments);

    [DllImport(Library, EntryPoint = "C_Finalize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint EndLibrary(nint reserved);

    [DllImport(Library, EntryPoint = "C_InitToken")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint InitToken(nuint slot, byte[] pin, nuint pinLength, byte[] label);

    [DllImport(Library, EntryPoint = "C_GetSlotList")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint GetSlots(byte present, nuint[] slots, ref nuint count);

    [DllImport(Library, EntryPoint = "C_OpenSession")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint OpenSession(nuint slot, nuint flags, nint application, nint notify, out nuint session);

    [DllImport(Library, EntryPoint = "C_InitPIN")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint InitPin(nuint session, byte[] pin, nuint pinLength);

    [DllImport(Library, EntryPoint = "C_Login")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint Login(nuint session, nuint user, byte[] pin, nuint pinLength);

    [DllImport(Library, EntryPoint = "C_Logout")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint Logout(nuint session);

    [DllImport(Library, EntryPoint = "C_GenerateKeyPair")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint GenerateKeyPair(
        nuint session, ref Mechanism mechanism, Field[] publicFields, nuint publicCount, Field[] privateFields, nuint privateCount, out nuint publicKey, out nuint privateKey);

    [DllImport(Library, EntryPoint = "C_SignInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint StartSignature(nuint session, ref Mechanism mechanism, nuint key);

    [DllImport(Library, EntryPoint = "C_Sign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint Sign(nuint session, byte[] message, nuint length, byte[] signature, ref nuint signatureLength);

    /// <summary>Makes a token with a key on secp256k1 in a directory, and hands out operations that sign with it, each in a session of its own.</summary>
    /// <exception cref="DllNotFoundException">SoftHSM2 is not installed.</exception>
    public static (Func<Action> Signing, Action Close) Open(string directory)
    {
        var configuration = Path.Combine(directory, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {directory}\nobjectstore.backend = file\nlog.level = ERROR\n");
        _ = SetVariable("SOFTHSM2_CONF", configuration, 1);

        // CK_C_INITIALIZE_ARGS: no functions of ours, CKF_OS_LOCKING_OK.
        Require(Initialize([0, 0, 0, 0, 2, 0]), nameof(Initialize));
        var pin = Encoding.ASCII.GetBytes(Pin);
        Require(InitToken(FirstSlot(), pin, (nuint)pin.Length, Encoding.ASCII.GetBytes("bench".PadRight(32))), nameof(InitToken));

        // Initialising a token gives it another slot.
        var slot = FirstSlot();
        var session = NewSession(slot);
        Require(Login(session, 0, pin, (nuint)pin.Length), nameof(Login));
        Require(InitPin(session, pin, (nuint)pin.Length), nameof(InitPin));
        Require(Logout(session), nameof(Logout));
        Require(Login(session, User, pin, (nuint)pin.Length), nameof(Login));
        var key = GenerateKey(session);
        return (() => Signing(NewSession(slot), key), () => EndLibrary(0));
    }

    private static Action Signing(nuint session, nuint key)
    {
        var (digest, signature) = (new byte[32], new byte[64]);
        return () =>
        {
            digest[0]++;
            var mechanism = new Mechanism { Kind = Ecdsa };
            var length = (nuint)signature.Length;
            Require(StartSignature(session, ref mechanism, key), nameof(StartSignature));
            Require(Sign(session, digest, (nuint)digest.Length, signature, ref length), nameof(Sign));
        };
    }

    private static nuint FirstSlot()
    {
        var slots = new nuint[16];
        var count = (nuint)slots.Length;
        Require(GetSlots(1, slots, ref count), nameof(GetSlots));
        return slots[0];
    }

    private static nuint NewSession(nuint slot)
    {
        Require(OpenSession(slot, SerialSession, 0, 0, out var session), nameof(OpenSession));
        return session;
    }

    private static nuint GenerateKey(nuint session)
    {
        // CKA_EC_PARAMS: the object identifier of secp256k1 (SEC 2), 1.3.132.0.10; CKA_TOKEN, CKA_SENSITIVE, CKA_SIGN, CKA_VERIFY.
        var curve = GCHandle.Alloc(new byte[] { 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a }, GCHandleType.Pinned);
        var yes = GCHandle.Alloc(new byte[] { 1 }, GCHandleType.Pinned);
        try
        {
            Field Yes(nuint type) => new() { Type = type, Value = yes.AddrOfPinnedObject(), Length = 1 };
            Field[] publicFields = [new() { Type = 0x180, Value = curve.AddrOfPinnedObject(), Length = 7 }, Yes(0x10A)];
            Field[] privateFields = [Yes(0x1), Yes(0x103), Yes(0x108)];
            var mechanism = new Mechanism { Kind = GenerateEc };
            Require(
                GenerateKeyPair(session, ref mechanism, publicFields, (nuint)publicFields.Length, privateFields, (nuint)privateFields.Length, out _, out var key),
                nameof(GenerateKeyPair));
            return key;
        }
        finally
        {
            curve.Free();
            yes.Free();
        }
    }

    private static void Require(nuint result, string call)
    {
        if (result != 0) throw new BenchmarkException($"SoftHSM2 answered 0x{result:x} to {call}");
    }
}
