namespace VaultGrid.Enclave;

/// <summary>Return codes of the TSS and the TPM (TPM 2.0 Library part 2, §6.6), and what they mean to whoever runs an enclave.</summary>
internal static class Tss
{
    public const uint Handle = 0x08B;
    public const uint PolicyFail = 0x09D;
    public const uint Integrity = 0x09F;
    public const uint PcrChanged = 0x128;
    public const uint NvUninitialized = 0x14A;
    public const uint NvDefined = 0x14C;

    private const uint FormatOne = 0x080;
    private const uint FormatOneCode = 0x0BF;
    private const uint LayerMask = 0x00ff0000;
    private const uint TctiLayer = 10u << 16;
    private const uint ManagerLayer = 12u << 16;

    /// <summary>The code alone.</summary>
    public static uint Code(uint returned)
    {
        var layer = returned & LayerMask;
        if (layer is not (0 or ManagerLayer)) return returned;
        var code = returned & 0xfff;
        return (code & FormatOne) != 0 ? code & FormatOneCode : code;
    }

    /// <summary>Throws what a return code means.</summary>
    public static void Check(uint returned, string function)
    {
        if (returned != 0) throw new TssException(returned, function);
    }

    /// <summary>What a return code means.</summary>
    public static string Explain(uint returned)
    {
        if ((returned & LayerMask) == TctiLayer) return $"the TPM can't be reached (TCTI error 0x{returned:x}); is it there, and open to this user (group tss)?";
        return Code(returned) switch
        {
            PolicyFail => "TPM_RC_POLICY_FAIL: the PCRs don't have the values that the policy names",
            Integrity => "TPM_RC_INTEGRITY: this TPM didn't make it",
            Handle => "TPM_RC_HANDLE: the TPM has no such object",
            NvUninitialized => "TPM_RC_NV_UNINITIALIZED: the counter was never raised",
            NvDefined => "TPM_RC_NV_DEFINED: the index is in use",
            PcrChanged => "TPM_RC_PCR_CHANGED: a PCR changed while it was used",
            0x08E => "TPM_RC_AUTH_FAIL: an authorisation is set where none is expected (owner hierarchy or NV index)",
            0x0A2 => "TPM_RC_BAD_AUTH: an authorisation is set where none is expected (owner hierarchy or NV index)",
            0x100 => "TPM_RC_INITIALIZE: the TPM was not started up",
            0x101 => "TPM_RC_FAILURE: the TPM failed its self-test",
            0x14B => "TPM_RC_NV_SPACE: the TPM has no room left for an NV counter",
            0x149 => "TPM_RC_NV_AUTHORIZATION: the NV index may not be used like this",
            0x148 => "TPM_RC_NV_LOCKED: the NV index is locked",
            0x902 => "TPM_RC_OBJECT_MEMORY: the TPM has no room for another object; use its resource manager (device:/dev/tpmrm0)",
            0x903 => "TPM_RC_SESSION_MEMORY: the TPM has no room for another session; use its resource manager (device:/dev/tpmrm0)",
            0x920 => "TPM_RC_NV_RATE: the TPM slows down writes to protect its memory; try again later",
            0x921 => "TPM_RC_LOCKOUT: the TPM is locked after too many wrong authorisations",
            0x922 => "TPM_RC_RETRY: the TPM was busy",
            0x923 => "TPM_RC_NV_UNAVAILABLE: the TPM's memory can't be written just now",
            var code => $"TSS error 0x{code:x}",
        };
    }
}
