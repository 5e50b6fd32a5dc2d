using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>
/// The functions of a PKCS#11 module that are used here, out of its CK_FUNCTION_LIST (PKCS#11 v2.40 base, §5): a version, then 68 pointers in a
/// fixed order. A CK_ULONG is an unsigned long; every function answers a CK_RV.
/// </summary>
internal sealed unsafe class CryptokiFunctions
{
    private readonly nint* _functions;

    /// <summary>Asks a loaded library for its list.</summary>
    /// <param name="library">A handle of <see cref="NativeLibrary"/>.</param>
    public CryptokiFunctions(nint library)
    {
        // CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR ppFunctionList)
        var get = (delegate* unmanaged[Cdecl]<nint*, nuint>)NativeLibrary.GetExport(library, "C_GetFunctionList");
        nint list;
        Cryptoki.Check(get(&list), "C_GetFunctionList");

        // struct { CK_VERSION version; CK_C_Initialize C_Initialize; … }: two bytes, padded to a pointer's alignment.
        _functions = (nint*)list + 1;
    }

    // CK_RV C_Initialize(CK_VOID_PTR pInitArgs)
    public nuint Initialize(void* arguments) => ((delegate* unmanaged[Cdecl]<void*, nuint>)_functions[0])(arguments);

    // CK_RV C_GetSlotList(CK_BBOOL tokenPresent, CK_SLOT_ID_PTR pSlotList, CK_ULONG_PTR pulCount)
    public nuint GetSlotList(byte tokenPresent, nuint* slots, nuint* count) =>
        ((delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint>)_functions[4])(tokenPresent, slots, count);

    // CK_RV C_GetTokenInfo(CK_SLOT_ID slotID, CK_TOKEN_INFO_PTR pInfo)
    public nuint GetTokenInfo(nuint slot, byte* info) => ((delegate* unmanaged[Cdecl]<nuint, byte*, nuint>)_functions[6])(slot, info);

    // CK_RV C_GetMechanismInfo(CK_SLOT_ID slotID, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR pInfo)
    public nuint GetMechanismInfo(nuint slot, nuint type, nuint* info) =>
        ((delegate* unmanaged[Cdecl]<nuint, nuint, nuint*, nuint>)_functions[8])(slot, type, info);

    // CK_RV C_OpenSession(CK_SLOT_ID slotID, CK_FLAGS flags, CK_VOID_PTR pApplication, CK_NOTIFY Notify, CK_SESSION_HANDLE_PTR phSession)
    public nuint OpenSession(nuint slot, nuint flags, nuint* session) =>
        ((delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint>)_functions[12])(slot, flags, null, null, session);

    // CK_RV C_CloseSession(CK_SESSION_HANDLE hSession)
    public nuint CloseSession(nuint session) => ((delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[13])(session);

    // CK_RV C_Login(CK_SESSION_HANDLE hSession, CK_USER_TYPE userType, CK_UTF8CHAR_PTR pPin, CK_ULONG ulPinLen)
    public nuint Login(nuint session, nuint user, byte* pin, nuint length) =>
        ((delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint>)_functions[18])(session, user, pin, length);

    // CK_RV C_DestroyObject(CK_SESSION_HANDLE hSession, CK_OBJECT_HANDLE hObject)
    public nuint DestroyObject(nuint session, nuint handle) => ((delegate* unmanaged[Cdecl]<nuint, nuint, nuint>)_functions[22])(session, handle);

    // CK_RV C_GetAttributeValue(CK_SESSION_HANDLE hSession, CK_OBJECT_HANDLE hObject, CK_ATTRIBUTE_PTR pTemplate, CK_ULONG ulCount)
    public nuint GetAttributeValue(nuint session, nuint handle, CkAttribute* template, nuint count) =>
        ((delegate* unmanaged[Cdecl]<nuint, nuint, CkAttribute*, nuint, nuint>)_functions[24])(session, handle, template, count);

    // CK_RV C_FindObjectsInit(CK_SESSION_HANDLE hSession, CK_ATTRIBUTE_PTR pTemplate, CK_ULONG ulCount)
    public nuint FindObjectsInit(nuint session, CkAttribute* template, nuint count) =>
        ((delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint>)_functions[26])(session, template, count);

    // CK_RV C_FindObjects(CK_SESSION_HANDLE hSession, CK_OBJECT_HANDLE_PTR phObject, CK_ULONG ulMaxObjectCount, CK_ULONG_PTR pulObjectCount)
    public nuint FindObjects(nuint session, nuint* handles, nuint most, nuint* count) =>
        ((delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint>)_functions[27])(session, handles, most, count);

    // CK_RV C_FindObjectsFinal(CK_SESSION_HANDLE hSession)
    public nuint FindObjectsFinal(nuint session) => ((delegate* unmanaged[Cdecl]<nuint, nuint>)_functions[28])(session);

    // CK_RV C_EncryptInit(CK_SESSION_HANDLE hSession, CK_MECHANISM_PTR pMechanism, CK_OBJECT_HANDLE hKey)
    public nuint EncryptInit(nuint session, CkMechanism* mechanism, nuint key) => Begin(29, session, mechanism, key);

    // CK_RV C_Encrypt(CK_SESSION_HANDLE hSession, CK_BYTE_PTR pData, CK_ULONG ulDataLen, CK_BYTE_PTR pEncryptedData, CK_ULONG_PTR pulEncryptedDataLen)
    public nuint Encrypt(nuint session, byte* data, nuint length, byte* output, nuint* written) => Turn(30, session, data, length, output, written);

    // CK_RV C_DecryptInit(CK_SESSION_HANDLE hSession, CK_MECHANISM_PTR pMechanism, CK_OBJECT_HANDLE hKey)
    public nuint DecryptInit(nuint session, CkMechanism* mechanism, nuint key) => Begin(33, session, mechanism, key);

    // CK_RV C_Decrypt(CK_SESSION_HANDLE hSession, CK_BYTE_PTR pEncryptedData, CK_ULONG ulEncryptedDataLen, CK_BYTE_PTR pData, CK_ULONG_PTR pulDataLen)
    public nuint Decrypt(nuint session, byte* data, nuint length, byte* output, nuint* written) => Turn(34, session, data, length, output, written);

    // CK_RV C_SignInit(CK_SESSION_HANDLE hSession, CK_MECHANISM_PTR pMechanism, CK_OBJECT_HANDLE hKey)
    public nuint SignInit(nuint session, CkMechanism* mechanism, nuint key) => Begin(42, session, mechanism, key);

    // CK_RV C_Sign(CK_SESSION_HANDLE hSession, CK_BYTE_PTR pData, CK_ULONG ulDataLen, CK_BYTE_PTR pSignature, CK_ULONG_PTR pulSignatureLen)
    public nuint Sign(nuint session, byte* data, nuint length, byte* output, nuint* written) => Turn(43, session, data, length, output, written);

    // CK_RV C_GenerateKey(CK_SESSION_HANDLE hSession, CK_MECHANISM_PTR pMechanism, CK_ATTRIBUTE_PTR pTemplate, CK_ULONG ulCount, CK_OBJECT_HANDLE_PTR phKey)
    public nuint GenerateKey(nuint session, CkMechanism* mechanism, CkAttribute* template, nuint count, nuint* key) =>
        ((delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, nuint*, nuint>)_functions[58])(session, mechanism, template, count, key);

    // CK_RV C_GenerateKeyPair(CK_SESSION_HANDLE hSession, CK_MECHANISM_PTR pMechanism, CK_ATTRIBUTE_PTR pPublicKeyTemplate,
    //   CK_ULONG ulPublicKeyAttributeCount, CK_ATTRIBUTE_PTR pPrivateKeyTemplate, CK_ULONG ulPrivateKeyAttributeCount,
    //   CK_OBJECT_HANDLE_PTR phPublicKey, CK_OBJECT_HANDLE_PTR phPrivateKey)
    public nuint GenerateKeyPair(nuint session, CkMechanism* mechanism, CkAttribute* open, nuint openCount, CkAttribute* secret, nuint secretCount, nuint* openKey, nuint* secretKey) =>
        ((delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, CkAttribute*, nuint, nuint*, nuint*, nuint>)_functions[59])(
            session, mechanism, open, openCount, secret, secretCount, openKey, secretKey);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nuint Begin(int function, nuint session, CkMechanism* mechanism, nuint key) =>
        ((delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint>)_functions[function])(session, mechanism, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private nuint Turn(int function, nuint session, byte* data, nuint length, byte* output, nuint* written) =>
        ((delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint>)_functions[function])(session, data, length, output, written);
}
