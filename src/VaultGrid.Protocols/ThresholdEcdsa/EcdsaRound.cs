namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>The rounds of a signing session, as messages number them (SPEC.md has the table).</summary>
public static class EcdsaRound
{
    /// <summary>A_j and B_j, from c_j to c_{j+1}.</summary>
    public const byte Ciphertexts = 1;

    /// <summary>R_j, from c_j to c_{j−1}; R_1, from c_1 to c_t.</summary>
    public const byte NoncePoint = 2;

    /// <summary>"ready", from c_1 of a prepared session to the coordinator.</summary>
    public const byte Ready = 3;

    /// <summary>"go" of a prepared session, from every other participant to c_t, R_1 with that of c_1.</summary>
    public const byte Go = 4;

    /// <summary>r, s and v, from c_t to the coordinator.</summary>
    public const byte Signature = 5;
}
