namespace VaultGrid.Enclave;

/// <summary>Public areas of the objects that an enclave has in a TPM, in wire form (TPM 2.0 Library part 2, §12.2.4).</summary>
internal static class TpmTemplates
{
    public const ushort Sha256 = 0x000B;
    public const ushort Null = 0x0010;

    private const ushort Rsa = 0x0001;
    private const ushort KeyedHash = 0x0008;
    private const ushort Ecc = 0x0023;
    private const ushort Aes = 0x0006;
    private const ushort Cfb = 0x0043;
    private const ushort RsaPss = 0x0016;
    private const ushort Ecdsa = 0x0018;
    private const ushort NistP256 = 0x0003;
    private const ushort RsaBits = 3072;

    private const uint FixedTpm = 1 << 1;
    private const uint FixedParent = 1 << 4;
    private const uint SensitiveDataOrigin = 1 << 5;
    private const uint UserWithAuth = 1 << 6;
    private const uint AdminWithPolicy = 1 << 7;
    private const uint NoDictionaryAttack = 1 << 10;
    private const uint Restricted = 1 << 16;
    private const uint Decrypt = 1 << 17;
    private const uint Sign = 1 << 18;

    private const uint DeviceKeyAttributes = FixedTpm | FixedParent | SensitiveDataOrigin | UserWithAuth | NoDictionaryAttack | Sign;

    /// <summary>Under which everything is wrapped: an ECC storage key that the TPM derives from its owner seed, the same each time.</summary>
    public static byte[] StorageKey() => Public(Ecc, FixedTpm | FixedParent | SensitiveDataOrigin | UserWithAuth | NoDictionaryAttack | Restricted | Decrypt, [], body => body
        .U16(Aes).U16(128).U16(Cfb).U16(Null).U16(NistP256).U16(Null).Sized([]).Sized([]));

    /// <summary>A secret that only a policy opens.</summary>
    public static byte[] SealedData(ReadOnlySpan<byte> policy) => Public(KeyedHash, FixedTpm | FixedParent | AdminWithPolicy | NoDictionaryAttack, policy, body => body
        .U16(Null).Sized([]));

    /// <summary>A D key.</summary>
    public static byte[] DeviceKey(bool rsa) => rsa
        ? Public(Rsa, DeviceKeyAttributes, [], body => body.U16(Null).U16(RsaPss).U16(Sha256).U16(RsaBits).U32(0).Sized([]))
        : Public(Ecc, DeviceKeyAttributes, [], body => body.U16(Null).U16(Ecdsa).U16(Sha256).U16(NistP256).U16(Null).Sized([]).Sized([]));

    /// <summary>The key that signs quotes: restricted, so that the TPM signs nothing with it but what it made itself; derived from its owner seed, the same each time.</summary>
    public static byte[] QuoteKey() => Public(Ecc, DeviceKeyAttributes | Restricted, [], body => body
        .U16(Null).U16(Ecdsa).U16(Sha256).U16(NistP256).U16(Null).Sized([]).Sized([]));

    /// <summary>A counter's public area.</summary>
    public static byte[] Counter(uint index)
    {
        var area = new WireWriter().U32(index).U16(Sha256).U32(TpmCounter.Attributes).Sized([]).U16(sizeof(ulong));
        return new WireWriter().Sized(area.Written).ToArray();
    }

    /// <summary>AES-128-CFB, or nothing: how a session hides parameters.</summary>
    public static byte[] Symmetric() => new WireWriter().U16(Aes).U16(128).U16(Cfb).ToArray();

    /// <summary>PCRs of the SHA-256 bank.</summary>
    public static byte[] Selection(TpmPcrs pcrs) => new WireWriter().U32(1).U16(Sha256).U8(3)
        .U8((byte)pcrs.Mask).U8((byte)(pcrs.Mask >> 8)).U8((byte)(pcrs.Mask >> 16)).ToArray();

    /// <summary>The SubjectPublicKeyInfo of a D key; null where the public area is not one's, exactly as <see cref="DeviceKey"/> asks for it.</summary>
    public static byte[]? KeyInfo(ReadOnlySpan<byte> publicArea, bool rsa)
    {
        var outer = new WireReader(publicArea);
        var reader = new WireReader(TpmWire.Sized(ref outer));
        var head = new WireWriter().U16(TpmWire.U16(ref reader)).U16(TpmWire.U16(ref reader)).U32(reader.U32()).Sized(TpmWire.Sized(ref reader)).ToArray();
        var parameters = reader.Fixed(rsa ? 12 : 10).ToArray();
        var (x, y) = (TpmWire.Sized(ref reader).ToArray(), rsa ? [] : TpmWire.Sized(ref reader).ToArray());
        if (!reader.End("a public area", out _) || !outer.End("a public area", out _)) return null;

        var expected = DeviceKey(rsa).AsSpan(sizeof(ushort), head.Length + parameters.Length);
        if (!PublicBytes.Equal(expected, [.. head, .. parameters])) return null;
        if (rsa) return DeviceKeyInfo.Rsa(x, [1, 0, 1]);

        // Coordinates may come without leading zeros.
        if (x.Length > 32 || y.Length > 32) return null;
        return DeviceKeyInfo.P256([4, .. new byte[32 - x.Length], .. x, .. new byte[32 - y.Length], .. y]);
    }

    private static byte[] Public(ushort type, uint attributes, ReadOnlySpan<byte> policy, Action<WireWriter> write)
    {
        var area = new WireWriter().U16(type).U16(Sha256).U32(attributes).Sized(policy);
        write(area);
        return new WireWriter().Sized(area.Written).ToArray();
    }
}
