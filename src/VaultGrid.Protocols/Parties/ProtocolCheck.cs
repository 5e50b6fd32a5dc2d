namespace VaultGrid.Protocols;

/// <summary>Which check of a protocol failed.</summary>
public enum ProtocolCheck
{
    /// <summary>A message that can't be read: lengths, encodings, points off the curve or outside the group.</summary>
    Encoding,

    /// <summary>A vector of commitments of the wrong length: another degree than agreed.</summary>
    CommitmentLength,

    /// <summary>A dealing that is not the one that was committed to.</summary>
    CommitmentOpening,

    /// <summary>A constant term other than the one that it must have.</summary>
    ConstantTerm,

    /// <summary>A proof of possession or of equal logarithms that does not hold.</summary>
    Proof,

    /// <summary>A share that does not lie on the committed polynomial.</summary>
    Share,

    /// <summary>A share opened in public that does not lie on the committed polynomial.</summary>
    OpenedShare,

    /// <summary>Two different signed statements where there may be one.</summary>
    Equivocation,

    /// <summary>A signature share that does not verify under its signer's public share.</summary>
    SignatureShare,

    /// <summary>Part of a repair that does not fit its commitments.</summary>
    RepairPart,

    /// <summary>A partial evaluation whose proof does not hold.</summary>
    Evaluation,

    /// <summary>No answer in time.</summary>
    Silence,
}
