using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>
/// The TSS 2.0 Enhanced System API (TCG ESAPI 1.0), as far as it is used here. Structures of the TPM are opaque bytes on this side:
/// <see cref="Mu"/> makes them of the TPM's own wire form. Every function answers a TSS2_RC; 0 = done.
/// </summary>
internal static unsafe partial class Esys
{
    public const uint None = 0xfff;
    public const uint Password = 0x0ff;
    public const uint Owner = 0x101;

    private const string Library = "libtss2-esys.so.0";

    // TSS2_RC Esys_Initialize(ESYS_CONTEXT **esys_context, TSS2_TCTI_CONTEXT *tcti, TSS2_ABI_VERSION *abiVersion)
    [LibraryImport(Library, EntryPoint = "Esys_Initialize")]
    internal static partial uint Initialize(out nint context, TctiHandle tcti, void* version);

    // void Esys_Finalize(ESYS_CONTEXT **context)
    [LibraryImport(Library, EntryPoint = "Esys_Finalize")]
    internal static partial void Finalize(ref nint context);

    // void Esys_Free(void *__ptr)
    [LibraryImport(Library, EntryPoint = "Esys_Free")]
    internal static partial void Free(void* pointer);

    // TSS2_RC Esys_CreatePrimary(ESYS_CONTEXT*, ESYS_TR primaryHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_SENSITIVE_CREATE *inSensitive,
    //   const TPM2B_PUBLIC *inPublic, const TPM2B_DATA *outsideInfo, const TPML_PCR_SELECTION *creationPCR, ESYS_TR *objectHandle,
    //   TPM2B_PUBLIC **outPublic, TPM2B_CREATION_DATA **creationData, TPM2B_DIGEST **creationHash, TPMT_TK_CREATION **creationTicket)
    [LibraryImport(Library, EntryPoint = "Esys_CreatePrimary")]
    internal static partial uint CreatePrimary(
        EsysHandle context, uint hierarchy, uint session1, uint session2, uint session3, void* sensitive, void* template, void* outsideInfo, void* creationPcrs,
        out uint handle, void** open, void** creation, void** hash, void** ticket);

    // TSS2_RC Esys_Create(ESYS_CONTEXT*, ESYS_TR parentHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_SENSITIVE_CREATE *inSensitive,
    //   const TPM2B_PUBLIC *inPublic, const TPM2B_DATA *outsideInfo, const TPML_PCR_SELECTION *creationPCR, TPM2B_PRIVATE **outPrivate,
    //   TPM2B_PUBLIC **outPublic, TPM2B_CREATION_DATA **creationData, TPM2B_DIGEST **creationHash, TPMT_TK_CREATION **creationTicket)
    [LibraryImport(Library, EntryPoint = "Esys_Create")]
    internal static partial uint Create(
        EsysHandle context, uint parent, uint session1, uint session2, uint session3, void* sensitive, void* template, void* outsideInfo, void* creationPcrs,
        void** wrapped, void** open, void** creation, void** hash, void** ticket);

    // TSS2_RC Esys_Load(ESYS_CONTEXT*, ESYS_TR parentHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_PRIVATE *inPrivate,
    //   const TPM2B_PUBLIC *inPublic, ESYS_TR *objectHandle)
    [LibraryImport(Library, EntryPoint = "Esys_Load")]
    internal static partial uint Load(EsysHandle context, uint parent, uint session1, uint session2, uint session3, void* wrapped, void* open, out uint handle);

    // TSS2_RC Esys_Sign(ESYS_CONTEXT*, ESYS_TR keyHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_DIGEST *digest,
    //   const TPMT_SIG_SCHEME *inScheme, const TPMT_TK_HASHCHECK *validation, TPMT_SIGNATURE **signature)
    [LibraryImport(Library, EntryPoint = "Esys_Sign")]
    internal static partial uint Sign(EsysHandle context, uint key, uint session1, uint session2, uint session3, void* digest, void* scheme, void* ticket, void** signature);

    // TSS2_RC Esys_Quote(ESYS_CONTEXT*, ESYS_TR signHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_DATA *qualifyingData,
    //   const TPMT_SIG_SCHEME *inScheme, const TPML_PCR_SELECTION *PCRselect, TPM2B_ATTEST **quoted, TPMT_SIGNATURE **signature)
    [LibraryImport(Library, EntryPoint = "Esys_Quote")]
    internal static partial uint Quote(
        EsysHandle context, uint key, uint session1, uint session2, uint session3, void* data, void* scheme, void* selection, void** quoted, void** signature);

    // TSS2_RC Esys_Unseal(ESYS_CONTEXT*, ESYS_TR itemHandle, ESYS_TR shandle1, shandle2, shandle3, TPM2B_SENSITIVE_DATA **outData)
    [LibraryImport(Library, EntryPoint = "Esys_Unseal")]
    internal static partial uint Unseal(EsysHandle context, uint item, uint session1, uint session2, uint session3, void** data);

    // TSS2_RC Esys_StartAuthSession(ESYS_CONTEXT*, ESYS_TR tpmKey, ESYS_TR bind, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_NONCE *nonceCaller,
    //   TPM2_SE sessionType, const TPMT_SYM_DEF *symmetric, TPMI_ALG_HASH authHash, ESYS_TR *sessionHandle)
    [LibraryImport(Library, EntryPoint = "Esys_StartAuthSession")]
    internal static partial uint StartAuthSession(
        EsysHandle context, uint key, uint bind, uint session1, uint session2, uint session3, void* nonce, byte type, void* symmetric, ushort hash, out uint session);

    // TSS2_RC Esys_TRSess_SetAttributes(ESYS_CONTEXT*, ESYS_TR session, TPMA_SESSION flags, TPMA_SESSION mask)
    [LibraryImport(Library, EntryPoint = "Esys_TRSess_SetAttributes")]
    internal static partial uint SetSessionAttributes(EsysHandle context, uint session, byte flags, byte mask);

    // TSS2_RC Esys_PolicyPCR(ESYS_CONTEXT*, ESYS_TR policySession, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_DIGEST *pcrDigest,
    //   const TPML_PCR_SELECTION *pcrs)
    [LibraryImport(Library, EntryPoint = "Esys_PolicyPCR")]
    internal static partial uint PolicyPcr(EsysHandle context, uint policy, uint session1, uint session2, uint session3, void* digest, void* pcrs);

    // TSS2_RC Esys_PolicyGetDigest(ESYS_CONTEXT*, ESYS_TR policySession, ESYS_TR shandle1, shandle2, shandle3, TPM2B_DIGEST **policyDigest)
    [LibraryImport(Library, EntryPoint = "Esys_PolicyGetDigest")]
    internal static partial uint PolicyGetDigest(EsysHandle context, uint policy, uint session1, uint session2, uint session3, void** digest);

    // TSS2_RC Esys_FlushContext(ESYS_CONTEXT*, ESYS_TR flushHandle)
    [LibraryImport(Library, EntryPoint = "Esys_FlushContext")]
    internal static partial uint FlushContext(EsysHandle context, uint handle);

    // TSS2_RC Esys_TR_FromTPMPublic(ESYS_CONTEXT*, TPM2_HANDLE tpm_handle, ESYS_TR optionalSession1, 2, 3, ESYS_TR *object)
    [LibraryImport(Library, EntryPoint = "Esys_TR_FromTPMPublic")]
    internal static partial uint FromTpmPublic(EsysHandle context, uint handle, uint session1, uint session2, uint session3, out uint found);

    // TSS2_RC Esys_TR_Close(ESYS_CONTEXT*, ESYS_TR *rsrc_handle)
    [LibraryImport(Library, EntryPoint = "Esys_TR_Close")]
    internal static partial uint Close(EsysHandle context, ref uint handle);

    // TSS2_RC Esys_NV_DefineSpace(ESYS_CONTEXT*, ESYS_TR authHandle, ESYS_TR shandle1, shandle2, shandle3, const TPM2B_AUTH *auth,
    //   const TPM2B_NV_PUBLIC *publicInfo, ESYS_TR *nvHandle)
    [LibraryImport(Library, EntryPoint = "Esys_NV_DefineSpace")]
    internal static partial uint DefineSpace(EsysHandle context, uint hierarchy, uint session1, uint session2, uint session3, void* auth, void* open, out uint index);

    // TSS2_RC Esys_NV_Increment(ESYS_CONTEXT*, ESYS_TR authHandle, ESYS_TR nvIndex, ESYS_TR shandle1, shandle2, shandle3)
    [LibraryImport(Library, EntryPoint = "Esys_NV_Increment")]
    internal static partial uint Increment(EsysHandle context, uint auth, uint index, uint session1, uint session2, uint session3);

    // TSS2_RC Esys_NV_ReadPublic(ESYS_CONTEXT*, ESYS_TR nvIndex, ESYS_TR shandle1, shandle2, shandle3, TPM2B_NV_PUBLIC **nvPublic, TPM2B_NAME **nvName)
    [LibraryImport(Library, EntryPoint = "Esys_NV_ReadPublic")]
    internal static partial uint ReadPublic(EsysHandle context, uint index, uint session1, uint session2, uint session3, void** open, void** name);

    // TSS2_RC Esys_NV_Read(ESYS_CONTEXT*, ESYS_TR authHandle, ESYS_TR nvIndex, ESYS_TR shandle1, shandle2, shandle3, UINT16 size, UINT16 offset,
    //   TPM2B_MAX_NV_BUFFER **data)
    [LibraryImport(Library, EntryPoint = "Esys_NV_Read")]
    internal static partial uint Read(EsysHandle context, uint auth, uint index, uint session1, uint session2, uint session3, ushort size, ushort offset, void** data);

    // TSS2_RC Esys_PCR_Read(ESYS_CONTEXT*, ESYS_TR shandle1, shandle2, shandle3, const TPML_PCR_SELECTION *pcrSelectionIn, UINT32 *pcrUpdateCounter,
    //   TPML_PCR_SELECTION **pcrSelectionOut, TPML_DIGEST **pcrValues)
    [LibraryImport(Library, EntryPoint = "Esys_PCR_Read")]
    internal static partial uint PcrRead(EsysHandle context, uint session1, uint session2, uint session3, void* pcrs, uint* updates, void** read, void** values);

    // TSS2_RC Esys_GetCapability(ESYS_CONTEXT*, ESYS_TR shandle1, shandle2, shandle3, TPM2_CAP capability, UINT32 property, UINT32 propertyCount,
    //   TPMI_YES_NO *moreData, TPMS_CAPABILITY_DATA **capabilityData)
    [LibraryImport(Library, EntryPoint = "Esys_GetCapability")]
    internal static partial uint GetCapability(
        EsysHandle context, uint session1, uint session2, uint session3, uint capability, uint property, uint count, byte* more, void** data);
}
