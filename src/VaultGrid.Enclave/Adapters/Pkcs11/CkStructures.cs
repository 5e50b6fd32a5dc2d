using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>CK_ATTRIBUTE { CK_ATTRIBUTE_TYPE type; CK_VOID_PTR pValue; CK_ULONG ulValueLen; }</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkAttribute
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}

/// <summary>CK_MECHANISM { CK_MECHANISM_TYPE mechanism; CK_VOID_PTR pParameter; CK_ULONG ulParameterLen; }</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkMechanism
{
    public nuint Type;
    public void* Parameter;
    public nuint Length;
}

/// <summary>CK_GCM_PARAMS { pIv; ulIvLen; ulIvBits; pAAD; ulAADLen; ulTagBits; }</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkGcmParameters
{
    public byte* Nonce;
    public nuint NonceLength;
    public nuint NonceBits;
    public byte* AdditionalData;
    public nuint AdditionalDataLength;
    public nuint TagBits;
}

/// <summary>CK_RSA_PKCS_PSS_PARAMS { hashAlg; mgf; sLen; }</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CkPssParameters
{
    public nuint Hash;
    public nuint MaskGeneration;
    public nuint SaltLength;
}

/// <summary>CK_C_INITIALIZE_ARGS { CreateMutex; DestroyMutex; LockMutex; UnlockMutex; flags; pReserved; }</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CkInitializeArguments
{
    public nint CreateMutex;
    public nint DestroyMutex;
    public nint LockMutex;
    public nint UnlockMutex;
    public nuint Flags;
    public nint Reserved;
}
