using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Demo;

/// <summary>What all acts share: the grid, the narrator, the record, the transaction.</summary>
internal sealed record Stage(LocalVaultGrid Grid, Narrator Narrator, DemoRecord Record, EthereumTransaction Transaction, CancellationToken Cancellation)
{
    /// <summary>How many of the three administrators must approve.</summary>
    public const int Quorum = 2;

    public static readonly KeyId Treasury = KeyId.Parse("treasury");

    public static readonly KeyId Notary = KeyId.Parse("notary");

    public static readonly DerivationPath Account = DerivationPath.Parse("m/44'/60'/0'/0/0").Value;

    public static readonly DerivationPath AccountParent = DerivationPath.Parse("m/44'/60'/0'").Value;

    public LocalRequests Requests => Grid.Requests;

    public static ClusterId Cluster(uint number) => new(number);

    public async Task<KeyStatus> KeyAsync(uint cluster, KeyId key) => Must(await Grid.Client.GetKeyAsync(Cluster(cluster), key, Cancellation), $"key {key}");

    public async Task<AccountStatus> AccountAsync(uint cluster, KeyId key, DerivationPath path) =>
        Must(await Grid.Client.GetAccountAsync(Cluster(cluster), key, path, Cancellation), $"account {path}");

    /// <summary>Signs what has to be signed, verifies it here and keeps it.</summary>
    public async Task<SignatureStatus> SignAsync(uint cluster, KeyId keyId, string kind, SigningSubject subject, string purpose)
    {
        var request = Requests.Sign(await KeyAsync(cluster, keyId), Account, subject, purpose);
        var approvals = Requests.Approve(request, Quorum);
        var status = Must(await Requests.ExecuteAsync(request, null, approvals, Cancellation), purpose);
        var signature = status.Signature ?? throw new DemonstrationFailedException($"{purpose}: {status.Refusal?.Code ?? status.State} instead of a signature");
        Signatures.Verify(signature, request);
        Record.Sign(signature, kind, await AccountAsync(cluster, keyId, AccountParent), request, approvals);
        return signature;
    }

    /// <summary>A Domain once the grid has re-wrapped it for a Trust, which it does by itself.</summary>
    public async Task<Domain> RewrappedAsync(DomainClient domains, DomainId id, Trust trust)
    {
        while (true)
        {
            var domain = Must(await domains.GetAsync(id, Cancellation), $"Domain {id}");
            if (domain.Keys.Trust == trust.Hash) return domain;
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    /// <summary>Something that has to be refused, with this code.</summary>
    public void Refused<T>(string what, Outcome<T> outcome, RefusalCode expected)
        where T : notnull
    {
        if (outcome.Is(out _, out var refusal)) throw new DemonstrationFailedException($"{what} was not refused");
        if (refusal.Code != expected) throw new DemonstrationFailedException($"{what}: refused as {refusal}, expected {expected.Name()}");
        Record.Refuse(what, refusal);
        Narrator.Refused(what, $"{refusal.Code.Name()} ({refusal.Detail})");
    }

    /// <summary>Has an administrator's request carried out that may not be refused.</summary>
    public static T Must<T>(Outcome<T> outcome, string what)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? value : throw new DemonstrationFailedException($"{what} was refused: {refusal}");
}
