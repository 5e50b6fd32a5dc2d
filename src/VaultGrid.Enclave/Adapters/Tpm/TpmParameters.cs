namespace VaultGrid.Enclave;

/// <summary>What a TPM's store keeps in its head: which PCRs it is sealed to, its counter, where that stood when the store was begun, the sealed key.</summary>
/// <remarks>4 (1), PCR mask (4), NV index (4), base (8), TPM2B_PUBLIC and TPM2B_PRIVATE, each behind its length.</remarks>
internal sealed record TpmParameters(TpmPcrs Pcrs, uint Index, ulong Base, TpmBlob Sealed)
{
    private const byte Form = 4;

    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Form).U32(Pcrs.Mask).U32(Index).U64(Base);
        Sealed.Write(writer);
        return writer.ToArray();
    }

    /// <summary>Reads them; <c>store.sealed</c>, <c>store.tampered</c>.</summary>
    public static Outcome<TpmParameters> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Form) return new Refusal(RefusalCode.StoreSealed, "the store's parameters are not a TPM's");
        var reader = new WireReader(bytes[1..]);
        var (mask, index, start) = (reader.U32(), reader.U32(), reader.U64());
        var blob = TpmBlob.Read(ref reader);
        var pcrs = TpmPcrs.FromMask(mask);
        if (pcrs is null) reader.Fail("its PCRs are none");
        return reader.End("the TPM's parameters", out var refusal, RefusalCode.StoreTampered) ? new TpmParameters(pcrs!.Value, index, start, blob) : refusal;
    }
}
