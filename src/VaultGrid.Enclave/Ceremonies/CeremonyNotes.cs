namespace VaultGrid.Enclave;

/// <summary>What the audit log says of ceremonies; what comes of them it says with the change of the store.</summary>
internal static class CeremonyNotes
{
    /// <summary>The name of an opening.</summary>
    public const string Open = "ceremony.open";

    /// <summary>A ceremony was opened.</summary>
    public static AuditNote? Opened(OpenCeremonyCall call) => CeremonyPlan.Parse(call.Plan.Span).Is(out var plan, out _)
        ? new AuditNote(Open) { Key = plan.Key, Request = plan.Request, Approvals = AuditNote.Fingerprints(call.Approvals), Subject = $"{plan.Kind} {plan.Id}".ToLowerInvariant() }
        : null;
}
