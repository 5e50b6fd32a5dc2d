namespace VaultGrid.Enclave;

/// <summary>Numbers of PKCS#11 v2.40 (base §3, current mechanisms), and what its return values mean to whoever runs an enclave.</summary>
internal static class Cryptoki
{
    public const nuint Ok = 0;
    public const nuint AlreadyInitialized = 0x191;
    public const nuint UserAlreadyLoggedIn = 0x100;
    public const nuint PinIncorrect = 0xA0;
    public const nuint PinInvalid = 0xA1;
    public const nuint PinLengthRange = 0xA2;
    public const nuint PinExpired = 0xA3;
    public const nuint PinLocked = 0xA4;

    public const nuint OsLocking = 2;
    public const nuint SerialSession = 4;
    public const nuint ReadWriteSession = 2;
    public const nuint User = 1;

    public const nuint AesKeyGen = 0x1080;
    public const nuint AesGcm = 0x1087;
    public const nuint EcKeyPairGen = 0x1040;
    public const nuint Ecdsa = 0x1041;
    public const nuint RsaKeyPairGen = 0x0000;
    public const nuint RsaPss = 0x000D;
    public const nuint Sha256 = 0x250;
    public const nuint Mgf1Sha256 = 2;

    public const nuint PublicKeyClass = 2;
    public const nuint PrivateKeyClass = 3;
    public const nuint SecretKeyClass = 4;

    public const nuint Class = 0x000;
    public const nuint Token = 0x001;
    public const nuint Private = 0x002;
    public const nuint Label = 0x003;
    public const nuint Sensitive = 0x103;
    public const nuint Id = 0x102;
    public const nuint Encrypt = 0x104;
    public const nuint Decrypt = 0x105;
    public const nuint Sign = 0x108;
    public const nuint Verify = 0x10A;
    public const nuint Modulus = 0x120;
    public const nuint ModulusBits = 0x121;
    public const nuint PublicExponent = 0x122;
    public const nuint ValueLength = 0x161;
    public const nuint Extractable = 0x162;
    public const nuint NeverExtractable = 0x164;
    public const nuint AlwaysSensitive = 0x165;
    public const nuint EcParameters = 0x180;
    public const nuint EcPoint = 0x181;

    /// <summary>An attribute that an object doesn't have or doesn't give away (CK_UNAVAILABLE_INFORMATION).</summary>
    public static readonly nuint Unavailable = nuint.MaxValue;

    /// <summary>Throws what a return value means.</summary>
    public static void Check(nuint returned, string function)
    {
        if (returned != Ok) throw new CryptokiException(returned, function);
    }

    /// <summary>What a return value means.</summary>
    public static string Explain(nuint returned) => returned switch
    {
        0x02 => "CKR_HOST_MEMORY: the module has no memory left",
        0x05 => "CKR_GENERAL_ERROR: the module failed; its own log says why",
        0x06 => "CKR_FUNCTION_FAILED: the module failed; its own log says why",
        0x30 => "CKR_DEVICE_ERROR: the device failed",
        0x31 => "CKR_DEVICE_MEMORY: the device has no room left",
        0x32 => "CKR_DEVICE_REMOVED: the token was taken out",
        0x40 => "CKR_ENCRYPTED_DATA_INVALID: what was sealed does not authenticate",
        0x60 => "CKR_KEY_HANDLE_INVALID: the key is gone",
        0x68 => "CKR_KEY_FUNCTION_NOT_PERMITTED: the key may not be used for this",
        0x70 => "CKR_MECHANISM_INVALID: the token does not know the mechanism",
        0x71 => "CKR_MECHANISM_PARAM_INVALID: the token refuses the mechanism's parameters",
        0x82 => "CKR_OBJECT_HANDLE_INVALID: the object is gone",
        PinIncorrect => "CKR_PIN_INCORRECT: the PIN is wrong; a token locks itself after a few wrong ones, so mend the PIN file before the next start",
        PinInvalid => "CKR_PIN_INVALID: the PIN has characters that the token does not take",
        PinLengthRange => "CKR_PIN_LEN_RANGE: the PIN is too short or too long for the token",
        PinExpired => "CKR_PIN_EXPIRED: the PIN has expired; set a new one with the token's own tool",
        PinLocked => "CKR_PIN_LOCKED: the PIN is locked after too many wrong ones; the token's security officer has to set it anew",
        0xB0 => "CKR_SESSION_CLOSED: the session was closed",
        0xB1 => "CKR_SESSION_COUNT: the token has no session left",
        0xB3 => "CKR_SESSION_HANDLE_INVALID: the session is gone",
        0xE0 => "CKR_TOKEN_NOT_PRESENT: the token is not there",
        0xE1 => "CKR_TOKEN_NOT_RECOGNIZED: the token is not one that the module knows",
        0xE2 => "CKR_TOKEN_WRITE_PROTECTED: the token is write-protected",
        0x101 => "CKR_USER_NOT_LOGGED_IN: the token has logged the enclave out",
        0x102 => "CKR_USER_PIN_NOT_INITIALIZED: the token has no user PIN yet; set one with the token's own tool",
        0x150 => "CKR_BUFFER_TOO_SMALL: the token wants more room than the mechanism needs",
        0x190 => "CKR_CRYPTOKI_NOT_INITIALIZED: the module was closed",
        _ => $"CKR 0x{returned:X}",
    };

    /// <summary>True where the session or the log-in is lost, so that a new one may help: the device was reset or reinserted.</summary>
    public static bool IsLost(nuint returned) => returned is 0x30 or 0x32 or 0x60 or 0x82 or 0xB0 or 0xB3 or 0xE0 or 0x101;
}
