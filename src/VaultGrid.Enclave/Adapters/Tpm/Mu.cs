using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>
/// Between the TPM's wire form (TPM 2.0 Library part 2: big-endian, exact lengths) and the structures in memory, whose layout only the TSS knows
/// (TCG TSS 2.0 Marshaling/Unmarshaling API). Every function answers a TSS2_RC; 0 = done.
/// </summary>
internal static unsafe partial class Mu
{
    private const string Library = "libtss2-mu.so.0";

    // TSS2_RC Tss2_MU_TPM2B_PUBLIC_Marshal(TPM2B_PUBLIC const *src, uint8_t buffer[], size_t buffer_size, size_t *offset)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_PUBLIC_Marshal")]
    internal static partial uint WritePublic(void* source, byte* buffer, nuint size, nuint* offset);

    // TSS2_RC Tss2_MU_TPM2B_PUBLIC_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPM2B_PUBLIC *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_PUBLIC_Unmarshal")]
    internal static partial uint ReadPublic(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPM2B_PRIVATE_Marshal(TPM2B_PRIVATE const *src, uint8_t buffer[], size_t buffer_size, size_t *offset)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_PRIVATE_Marshal")]
    internal static partial uint WritePrivate(void* source, byte* buffer, nuint size, nuint* offset);

    // TSS2_RC Tss2_MU_TPM2B_PRIVATE_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPM2B_PRIVATE *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_PRIVATE_Unmarshal")]
    internal static partial uint ReadPrivate(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPM2B_SENSITIVE_CREATE_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPM2B_SENSITIVE_CREATE *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_SENSITIVE_CREATE_Unmarshal")]
    internal static partial uint ReadSensitive(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPML_PCR_SELECTION_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPML_PCR_SELECTION *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPML_PCR_SELECTION_Unmarshal")]
    internal static partial uint ReadSelection(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPM2B_NV_PUBLIC_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPM2B_NV_PUBLIC *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_NV_PUBLIC_Unmarshal")]
    internal static partial uint ReadNvPublic(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPM2B_NV_PUBLIC_Marshal(TPM2B_NV_PUBLIC const *src, uint8_t buffer[], size_t buffer_size, size_t *offset)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_NV_PUBLIC_Marshal")]
    internal static partial uint WriteNvPublic(void* source, byte* buffer, nuint size, nuint* offset);

    // TSS2_RC Tss2_MU_TPMT_SIGNATURE_Marshal(TPMT_SIGNATURE const *src, uint8_t buffer[], size_t buffer_size, size_t *offset)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPMT_SIGNATURE_Marshal")]
    internal static partial uint WriteSignature(void* source, byte* buffer, nuint size, nuint* offset);

    // TSS2_RC Tss2_MU_TPM2B_DIGEST_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPM2B_DIGEST *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPM2B_DIGEST_Unmarshal")]
    internal static partial uint ReadDigest(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPMT_TK_HASHCHECK_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPMT_TK_HASHCHECK *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPMT_TK_HASHCHECK_Unmarshal")]
    internal static partial uint ReadHashTicket(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPMT_SIG_SCHEME_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPMT_SIG_SCHEME *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPMT_SIG_SCHEME_Unmarshal")]
    internal static partial uint ReadScheme(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPMT_SYM_DEF_Unmarshal(uint8_t const buffer[], size_t buffer_size, size_t *offset, TPMT_SYM_DEF *dest)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPMT_SYM_DEF_Unmarshal")]
    internal static partial uint ReadSymmetric(byte* buffer, nuint size, nuint* offset, void* destination);

    // TSS2_RC Tss2_MU_TPML_DIGEST_Marshal(TPML_DIGEST const *src, uint8_t buffer[], size_t buffer_size, size_t *offset)
    [LibraryImport(Library, EntryPoint = "Tss2_MU_TPML_DIGEST_Marshal")]
    internal static partial uint WriteDigests(void* source, byte* buffer, nuint size, nuint* offset);
}
