namespace VaultGrid.Protocols;

/// <summary>A set of parties and who they are.</summary>
public sealed record Roster(ThresholdParameters Parameters, IStatementVerifier Verifier);
