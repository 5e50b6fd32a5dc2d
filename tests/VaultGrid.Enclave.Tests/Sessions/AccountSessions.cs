using System.Security.Cryptography;

namespace VaultGrid.Enclave.Tests;

/// <summary>For tests of sessions: clusters of one enclave that hold a dealt key together, and requests for signatures with one of its accounts.</summary>
public abstract class AccountSessions : IAsyncLifetime
{
    private protected const string Account = "m/44/60/0/0/7";

    private readonly int _threshold;

    private protected AccountSessions(int clusters, int threshold) => (Site, _threshold) = (new ThresholdGrid(clusters), threshold);

    private protected ThresholdGrid Site { get; }

    private protected TestGrid Grid => Site.Grid;

    private protected TestDeal Deal { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        await Site.StartAsync();
        Deal = await Site.DealAsync(_threshold, policy: name => Accounts(Grid, name));
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Site.DisposeAsync();
    }

    /// <summary>The key's policy: two administrators, accounts in the manner of BIP-44 without hardened steps.</summary>
    private protected static KeyPolicy Accounts(TestGrid grid, string name, KeyPolicy? after = null) =>
        TestGrid.Policy(KeyId.Parse(name), 2, grid.Admins, after, "m/44/60/*/0/*");

    /// <summary>An approved request for a signature over a random digest, or a subject, which every cluster may take part in.</summary>
    private protected (PerformCall Call, Hash256 Digest) NewRequest(SigningSubject? subject = null)
    {
        Grid.Now = Site.Time.GetUtcNow();
        var digest = new Hash256(RandomNumberGenerator.GetBytes(32));
        var clusters = ClusterSet.Of(Enumerable.Range(1, Site.Clusters).Select(number => (uint)number));
        return (Grid.Approved(Grid.Sign(Deal.Key, Deal.Policy, subject ?? new SigningSubject.Digest(digest), Account) with { Clusters = clusters }), digest);
    }

    private protected PerformCall Request() => NewRequest().Call;

    /// <summary>Plans a session of nodes for a request, or a prepared one.</summary>
    private protected Task<TestSession> PlanAsync(PerformCall? call, params string[] nodes) => TestSession.PlanAsync(Site, Deal, nodes, call);

    /// <summary>A session's result is the account's signature over a digest.</summary>
    private protected void Verify(ReadOnlyMemory<byte>? result, Hash256 digest) => Verify(result, digest, Deal);

    private protected static void Verify(ReadOnlyMemory<byte>? result, Hash256 digest, TestDeal deal)
    {
        var account = deal.Statement.ExtendedPublicKey.Derive([.. DerivationPath.Parse(Account).Value.Steps]).Value.PublicKey;
        var signature = Signature(result);
        Assert.True(account.Verify(digest.AsSpan(), signature));
        Assert.Equal(account, signature.Recover(digest.AsSpan()).Value);
    }

    private protected static EcdsaSignature Signature(ReadOnlyMemory<byte>? result)
    {
        Assert.Equal(65, result?.Length);
        return EcdsaSignature.FromCompact(result!.Value.Span[..64], result.Value.Span[64]).Value;
    }
}
