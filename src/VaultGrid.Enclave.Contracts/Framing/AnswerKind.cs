namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>What an answer's body is.</summary>
public enum AnswerKind : byte
{
    /// <summary>The call's own answer.</summary>
    Answer = 0x80,

    /// <summary>A refusal: code's name and detail.</summary>
    Refusal = 0x81,

    /// <summary>An answer with its times (<see cref="TracedFrame"/>).</summary>
    TracedAnswer = 0x82,

    /// <summary>A refusal with its times (<see cref="TracedFrame"/>).</summary>
    TracedRefusal = 0x83,
}
