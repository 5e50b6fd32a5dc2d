using VaultGrid.Client.Json;

namespace VaultGrid.Client;

/// <summary>Shared keys over REST.</summary>
internal sealed class SharedKeyClient(GridHttp http, Forwarding? forwarding) : ISharedKeyGrid
{
    private static VaultGridJson Bodies => VaultGridJson.Requests;

    private static VaultGridJson Answers => VaultGridJson.Answers;

    public Task<Outcome<Page<SharedKeyStatus>>> ListAsync(SharedKeyQuery query, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.SharedKeyPage(query), Answers.SharedKeyPage, forwarding, cancellationToken);

    public Task<Outcome<SharedKeyStatus>> GetAsync(Hash256 key, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.SharedKey(key), Answers.SharedKeyStatus, forwarding, cancellationToken);

    public Task<Outcome<SharedKeyEvidence>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken) =>
        http.GetAsync($"{Routes.SharedKey(key)}/evidence", Answers.SharedKeyEvidence, forwarding, cancellationToken);

    public Task<Outcome<MessageSignatureStatus>> SignAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken) => http.PostAsync(
        $"{Routes.SharedKey(key)}/sign", call, Bodies.KeyCall, Answers.MessageSignatureStatus, forwarding, Repeating.Harmless, cancellationToken);

    // Holders answer a call once: a repetition could only collect refusals.
    public Task<Outcome<KeyEvaluations>> EvaluateAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken) => http.PostAsync(
        $"{Routes.SharedKey(key)}/evaluate", call, Bodies.KeyCall, Answers.KeyEvaluations, forwarding, Repeating.IfNothingWasDone, cancellationToken);

    public Task<Outcome<KeyBackup>> BackupAsync(Hash256 key, BackupOrder order, CancellationToken cancellationToken) => http.PostAsync(
        $"{Routes.SharedKey(key)}/backup", order, Bodies.BackupOrder, Answers.KeyBackup, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<CeremonyStatus>> RefreshAsync(Hash256 key, CancellationToken cancellationToken) =>
        http.PostAsync($"{Routes.SharedKey(key)}/refresh", Answers.CeremonyStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<CeremonyStatus>> RepairAsync(Hash256 key, NodeId holder, CancellationToken cancellationToken) =>
        http.PostAsync(Routes.Repair(key, holder), Answers.CeremonyStatus, forwarding, Repeating.Harmless, cancellationToken);

    public Task<Outcome<CeremonyStatus>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken) =>
        http.GetAsync(Routes.Ceremony(ceremony), Answers.CeremonyStatus, forwarding, cancellationToken);
}
