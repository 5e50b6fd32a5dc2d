namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>The checks of the last participant whose failure accuses all others (<see cref="Sessions.SessionFault.Inconsistent"/>).</summary>
public enum EcdsaCheck
{
    /// <summary>0 &lt; a &lt; q^(t−1), a ≢ 0 mod q.</summary>
    NonceRange = 1,

    /// <summary>0 &lt; b &lt; q^(t−1), b ≢ 0 mod q.</summary>
    KeyRange = 2,

    /// <summary>b·x_t·G = a·X.</summary>
    KeyRelation = 3,

    /// <summary>a·R = R_t.</summary>
    NoncePoint = 4,
}
