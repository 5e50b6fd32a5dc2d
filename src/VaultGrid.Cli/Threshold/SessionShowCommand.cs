using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using VaultGrid.Cli.Requests;
using VaultGrid.Client;
using VaultGrid.Client.Json;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Threshold;

internal sealed class SessionShowCommand : LeafCommand
{
    private readonly Argument<Hash256?> _session = new("SESSION")
    {
        Description = "The session's id, as a signature names it",
        CustomParser = result => Hash256.TryParse(result.Tokens[0].Value, out var id) ? id : Wrong(result),
    };

    public SessionShowCommand()
        : base(
            "show",
            "Show a signing session: who took part, how long rounds took, who failed",
            "vaultgrid threshold show 0x5f0c4d5d6a5b3f0e8a1c2b3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071") =>
        Arguments.Add(_session);

    protected override async Task<Report> RunAsync(Invocation run)
    {
        var session = await run.Grid.GetSessionAsync(run.Get(_session)!.Value, run.Cancellation).OrEnd();
        var report = new Report(JsonSerializer.SerializeToNode(session, VaultGridJson.Answers.SessionStatus)!)
            .Field("session", session.Session)
            .Field("protocol", $"{session.Protocol}, {session.Purpose}")
            .Field("key", session.Key)
            .Field("began", $"{UtcTime.Format(session.Started)}, took {Ms(session.Milliseconds)}");
        if (session.Request is { } request) report.Field("request hash", request);
        for (var i = 0; i < session.Tries.Count; i++) Show(report, session.Tries[i], i + 1);
        if (session.Signature is { } signature) report.AddAll(SignatureText.Lines(SignatureText.Verified(signature)));
        if (session.Refusal is { } refusal) report.Field("refused", $"{refusal.Code}: {refusal.Detail}");
        return report;
    }

    private static void Show(Report report, SessionTryStatus tried, int number)
    {
        report.Line($"try {number.ToString(CultureInfo.InvariantCulture)}: nodes {string.Join(", ", tried.Participants)}{(tried.Prepared ? ", prepared" : "")}, id {tried.Id}");
        report.Table(["round", "node", "took"], tried.Steps.Select(step => new[]
        {
            step.Round == 0 ? "opening" : step.Round.ToString(CultureInfo.InvariantCulture), step.Node.ToString(), Ms(step.Milliseconds),
        }));
        foreach (var mishap in tried.Mishaps)
        {
            var named = mishap.Culprits.Count == 0 ? "" : $" (the cause is among {string.Join(", ", mishap.Culprits)})";
            report.Line($"failed in round {mishap.Round.ToString(CultureInfo.InvariantCulture)} at node {mishap.Node}: {mishap.Code}: {mishap.Detail}{named}");
        }
    }

    private static string Ms(double milliseconds) => $"{milliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms";

    private static Hash256? Wrong(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is not a session's id: 0x and 64 lower-case hex digits");
        return null;
    }
}
