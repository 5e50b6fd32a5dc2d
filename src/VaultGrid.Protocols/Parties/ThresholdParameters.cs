namespace VaultGrid.Protocols;

/// <summary>
/// n parties of which f may be malicious: polynomials have degree f, any f + 1 parties act, f learn nothing (protocols.md, section 5).
/// </summary>
public sealed record ThresholdParameters
{
    /// <summary>The most parties that a sharing has.</summary>
    public const int MaximumParties = 64;

    private ThresholdParameters(int parties, int faulty) => (Parties, Faulty) = (parties, faulty);

    /// <summary>n.</summary>
    public int Parties { get; }

    /// <summary>f.</summary>
    public int Faulty { get; }

    /// <summary>f + 1: how many act together.</summary>
    public int Signers => Faulty + 1;

    /// <summary>True for n ≥ 3f + 1: ceremonies finish in spite of f malicious parties. Below, they are safe but may have to abort.</summary>
    public bool SurvivesFaults => Parties >= (3 * Faulty) + 1;

    /// <summary>How many signatures certify one statement of a ceremony: n − f for n ≥ 3f + 1, else all n. Two certificates share an honest signer.</summary>
    public int CertificateQuorum => SurvivesFaults ? Parties - Faulty : Parties;

    /// <summary>2f + 1: how many must have sealed a new version before it counts, so that f + 1 honest parties hold it.</summary>
    public int CommitQuorum => (2 * Faulty) + 1;

    /// <summary>All parties, ascending.</summary>
    public IReadOnlyList<PartyIndex> Indices => [.. Enumerable.Range(1, Parties).Select(i => new PartyIndex(i))];

    /// <summary>Checks n and f.</summary>
    /// <returns>The parameters, or <see cref="RefusalCode.InputUnsupported"/>: f below 1, n below 2f + 1 or above <see cref="MaximumParties"/>.</returns>
    public static Outcome<ThresholdParameters> Of(int parties, int faulty) =>
        faulty >= 1 && parties >= (2 * (long)faulty) + 1 && parties <= MaximumParties
            ? new ThresholdParameters(parties, faulty)
            : new Refusal(RefusalCode.InputUnsupported, $"(n, f) needs f of at least 1, n of at least 2f + 1 and at most {MaximumParties}");

    /// <summary>True if the index is one of 1…n.</summary>
    public bool Has(PartyIndex party) => party.Value >= 1 && party.Value <= Parties;
}
