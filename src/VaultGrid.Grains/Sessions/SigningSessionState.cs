namespace VaultGrid.Grains.Sessions;

/// <summary>What a session grain remembers; empty until the session has ended.</summary>
[GenerateSerializer, Alias("vg.session.state.v1")]
internal sealed class SigningSessionState
{
    /// <summary>The journal.</summary>
    [Id(0)] public SessionReport? Report { get; set; }
}
