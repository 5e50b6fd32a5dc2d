namespace VaultGrid.Enclave;

/// <summary>A function of the TSS, or the TPM behind it, answered something else than success. Says which, never with what.</summary>
internal sealed class TssException(uint returned, string function) : IOException($"{function}: {Tss.Explain(returned)}")
{
    /// <summary>The TPM_RC without the number of the parameter, handle or session that it is about.</summary>
    public uint Code => Tss.Code(returned);
}
