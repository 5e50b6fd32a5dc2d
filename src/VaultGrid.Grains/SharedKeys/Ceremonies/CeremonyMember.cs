using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>A member of a ceremony as its courier sees it. Used on the turns of one activation.</summary>
internal sealed class CeremonyMember(byte place, NodeId node)
{
    /// <summary>Its place in the plan.</summary>
    public byte Place => place;

    /// <summary>The node.</summary>
    public NodeId Node => node;

    /// <summary>Where it is; null before it has answered.</summary>
    public CeremonyStage? Stage { get; set; }

    /// <summary>Whether it was opened since it last failed to answer.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether it was ever asked to open its part: it may have, whatever became of the answer.</summary>
    public bool WasOpened { get; set; }

    /// <summary>Whether a call to it is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>When it may be asked again after it failed.</summary>
    public bool IsResting { get; set; }

    /// <summary>How many of the messages it has been brought.</summary>
    public int Brought { get; set; }

    /// <summary>How many of the messages it had been brought when it last answered.</summary>
    public int Answered { get; set; }

    /// <summary>Whether a version was proposed to it, and it has not answered since: it may have voted.</summary>
    public bool MayHaveVoted { get; set; }

    /// <summary>How many of the changes of session keys it has been told.</summary>
    public int Told { get; set; }

    /// <summary>What is proposed to it next.</summary>
    public CeremonyProposal Proposal { get; set; } = CeremonyProposal.None;

    /// <summary>The places of the members that it waited for when it last answered.</summary>
    public IReadOnlyList<byte> Awaited { get; set; } = [];

    /// <summary>The last thing it refused with; null where it went on since.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>True once the version is in force there.</summary>
    public bool IsDone => Stage == CeremonyStage.Done;
}
