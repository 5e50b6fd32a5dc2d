using System.Runtime.InteropServices;
using System.Text;

namespace VaultGrid.Benchmarks;

/// <summary>SoftHSM2 with a token of its own in a directory: keys on secp256k1 and of AES-256. Operations are made in a session each, one for every thread.</summary>
internal sealed class SoftHsm : IDisposable
{
    private const string Pin = "123456";
    private const nuint User = 1;
    private const nuint SerialSession = 4 | 2;
    private const nuint GenerateEc = 0x1040;
    private const nuint Ecdsa = 0x1041;
    private const nuint GenerateAes = 0x1080;
    private const nuint AesGcm = 0x1087;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // The object identifier of secp256k1 (SEC 2), 1.3.132.0.10; CK_TRUE; the length of an AES key as CK_ULONG.
    private readonly Pinned _curve = new([0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a]);
    private readonly Pinned _yes = new([1]);
    private readonly Pinned _keyLength = new([32, 0, 0, 0, 0, 0, 0, 0]);
    private readonly List<Pinned> _pinned = [];
    private readonly nuint _slot;

    private SoftHsm(nuint slot) => _slot = slot;

    /// <summary>Makes the token.</summary>
    /// <exception cref="DllNotFoundException">SoftHSM2 is not installed.</exception>
    public static SoftHsm Open(string directory)
    {
        var configuration = Path.Combine(directory, "softhsm2.conf");
        File.WriteAllText(configuration, $"directories.tokendir = {directory}\nobjectstore.backend = file\nlog.level = ERROR\n");
        _ = Pkcs11.SetVariable("SOFTHSM2_CONF", configuration, 1);

        // CK_C_INITIALIZE_ARGS: no functions of ours, CKF_OS_LOCKING_OK.
        Pkcs11.Require(Pkcs11.Initialize([0, 0, 0, 0, 2, 0]), nameof(Pkcs11.Initialize));
        var pin = Encoding.ASCII.GetBytes(Pin);
        Pkcs11.Require(Pkcs11.InitToken(FirstSlot(), pin, (nuint)pin.Length, Encoding.ASCII.GetBytes("bench".PadRight(32))), nameof(Pkcs11.InitToken));

        // Initialising a token gives it another slot.
        var token = new SoftHsm(FirstSlot());
        var session = token.NewSession();
        Pkcs11.Require(Pkcs11.Login(session, 0, pin, (nuint)pin.Length), nameof(Pkcs11.Login));
        Pkcs11.Require(Pkcs11.InitPin(session, pin, (nuint)pin.Length), nameof(Pkcs11.InitPin));
        Pkcs11.Require(Pkcs11.Logout(session), nameof(Pkcs11.Logout));
        Pkcs11.Require(Pkcs11.Login(session, User, pin, (nuint)pin.Length), nameof(Pkcs11.Login));
        return token;
    }

    /// <summary>A key pair on secp256k1, kept in the token's files.</summary>
    public Action Generating()
    {
        var session = NewSession();
        return () => GenerateKeyPair(session);
    }

    /// <summary>ECDSA on secp256k1 over a digest.</summary>
    public Func<Action> Signing()
    {
        var key = GenerateKeyPair(NewSession());
        return () => Signing(NewSession(), key);
    }

    /// <summary>AES-256-GCM over 32 bytes, and back.</summary>
    public (Action Encrypt, Action Decrypt) Encrypting()
    {
        var (session, mechanism) = (NewSession(), new Pkcs11.Mechanism { Kind = GenerateAes });
        Pkcs11.Field[] fields = [Yes(0x1), Yes(0x103), Yes(0x104), Yes(0x105), new() { Type = 0x161, Value = _keyLength.Address, Length = 8 }];
        Pkcs11.Require(Pkcs11.GenerateKey(session, ref mechanism, fields, (nuint)fields.Length, out var key), nameof(Pkcs11.GenerateKey));
        var gcm = Gcm();
        var (plaintext, ciphertext, opened) = (new byte[32], new byte[32 + TagLength], new byte[32 + TagLength]);
        return (Encrypt, Decrypt);

        void Encrypt()
        {
            var (how, length) = (gcm, (nuint)ciphertext.Length);
            Pkcs11.Require(Pkcs11.StartEncryption(session, ref how, key), nameof(Pkcs11.StartEncryption));
            Pkcs11.Require(Pkcs11.Encrypt(session, plaintext, (nuint)plaintext.Length, ciphertext, ref length), nameof(Pkcs11.Encrypt));
        }

        void Decrypt()
        {
            var (how, length) = (gcm, (nuint)opened.Length);
            Pkcs11.Require(Pkcs11.StartDecryption(session, ref how, key), nameof(Pkcs11.StartDecryption));
            Pkcs11.Require(Pkcs11.Decrypt(session, ciphertext, (nuint)ciphertext.Length, opened, ref length), nameof(Pkcs11.Decrypt));
        }
    }

    public void Dispose()
    {
        _ = Pkcs11.EndLibrary(0);
        foreach (var pinned in _pinned.Append(_curve).Append(_yes).Append(_keyLength)) pinned.Dispose();
    }

    private static Action Signing(nuint session, nuint key)
    {
        var (digest, signature) = (new byte[32], new byte[64]);
        return () =>
        {
            digest[0]++;
            var (mechanism, length) = (new Pkcs11.Mechanism { Kind = Ecdsa }, (nuint)signature.Length);
            Pkcs11.Require(Pkcs11.StartSignature(session, ref mechanism, key), nameof(Pkcs11.StartSignature));
            Pkcs11.Require(Pkcs11.Sign(session, digest, (nuint)digest.Length, signature, ref length), nameof(Pkcs11.Sign));
        };
    }

    private static nuint FirstSlot()
    {
        var slots = new nuint[16];
        var count = (nuint)slots.Length;
        Pkcs11.Require(Pkcs11.GetSlots(1, slots, ref count), nameof(Pkcs11.GetSlots));
        return slots[0];
    }

    private nuint NewSession()
    {
        Pkcs11.Require(Pkcs11.OpenSession(_slot, SerialSession, 0, 0, out var session), nameof(Pkcs11.OpenSession));
        return session;
    }

    private nuint GenerateKeyPair(nuint session)
    {
        // CKA_EC_PARAMS, CKA_VERIFY; CKA_TOKEN, CKA_SENSITIVE, CKA_SIGN.
        Pkcs11.Field[] publicFields = [new() { Type = 0x180, Value = _curve.Address, Length = 7 }, Yes(0x10A)];
        Pkcs11.Field[] privateFields = [Yes(0x1), Yes(0x103), Yes(0x108)];
        var mechanism = new Pkcs11.Mechanism { Kind = GenerateEc };
        Pkcs11.Require(
            Pkcs11.GenerateKeyPair(session, ref mechanism, publicFields, (nuint)publicFields.Length, privateFields, (nuint)privateFields.Length, out _, out var key),
            nameof(Pkcs11.GenerateKeyPair));
        return key;
    }

    private Pkcs11.Field Yes(nuint type) => new() { Type = type, Value = _yes.Address, Length = 1 };

    private Pkcs11.Mechanism Gcm()
    {
        var nonce = new Pinned(new byte[NonceLength]);
        var parameters = new Pkcs11.GcmParameters { Nonce = nonce.Address, NonceLength = NonceLength, NonceBits = NonceLength * 8, TagBits = TagLength * 8 };
        var bytes = new Pinned(MemoryMarshal.AsBytes(new ReadOnlySpan<Pkcs11.GcmParameters>(ref parameters)).ToArray());
        _pinned.AddRange([nonce, bytes]);
        return new Pkcs11.Mechanism { Kind = AesGcm, Parameter = bytes.Address, Length = (nuint)Marshal.SizeOf<Pkcs11.GcmParameters>() };
    }

    private sealed class Pinned(byte[] bytes) : IDisposable
    {
        private GCHandle _handle = GCHandle.Alloc(bytes, GCHandleType.Pinned);

        public nint Address => _handle.AddrOfPinnedObject();

        public void Dispose() => _handle.Free();
    }
}
