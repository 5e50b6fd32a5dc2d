namespace VaultGrid.Client.Grains;

/// <summary>Journals of sessions, from the grains' messages to the client's records.</summary>
internal static class SessionMapping
{
    public static Outcome<SessionStatus> Status(SessionReport report) => new SessionStatus
    {
        Session = report.Session,
        Key = report.Key,
        Protocol = report.Protocol,
        Purpose = report.Purpose,
        Request = report.Request,
        Started = report.Started,
        Milliseconds = report.Elapsed.TotalMilliseconds,
        Tries = [.. report.Tries.Select(Try)],
        Signature = report.Signature is { } signature ? KeyMapping.ToStatus(signature) : null,
        Refusal = GridMapping.ProblemOf(report.Refusal),
        Message = report.Message.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.Message,
    };

    private static SessionTryStatus Try(SessionTry one) => new(
        one.Id,
        one.IsPrepared,
        one.Participants,
        [.. one.Steps.Select(step => new SessionStepStatus(step.Round, step.Node, step.Elapsed.TotalMilliseconds, step.Packets))],
        [.. one.Mishaps.Select(mishap => new SessionMishapStatus(mishap.Round, mishap.Node, mishap.Code, mishap.Why, mishap.Culprits))]);
}
