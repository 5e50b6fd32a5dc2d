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

    /// <summary>Has an administrator's request carried out that may not be refused.</summary>
    public static T Must<T>(Outcome<T> outcome, string what)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? value : throw new DemonstrationFailedException($"{what} was refused: {refusal}");
}
