using System.Collections.Concurrent;
using System.Threading.Channels;
using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>The coordinator dies with its silo, wherever its sessions happen to be: no result that was told is lost, and the same requests go through again.</summary>
public sealed class SiloCrashTests
{
    private const int Rounds = 2;
    private const int AtOnce = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_coordinator_loses_no_signature_that_was_told_and_its_requests_go_through_again()
    {
        var options = new LocalGridOptions { Clusters = 3, Nodes = 1 };
        await using var grid = await LocalVaultGrid.BringUpAsync(options, null, TimeProvider.System, Cancellation);
        var policy = grid.Ceremony.Policy(
            KeyId.Parse("shared"), 2, [SigningAlgorithm.EcdsaSecp256k1], [PathPattern.TryParse("m/44/60/*/0/*", out var pattern) ? pattern : throw new FormatException()]);
        var key = await grid.DealKeyAsync(policy, 2, [.. grid.Clusters], Cancellation);

        var (requests, told) = (new ConcurrentDictionary<RequestId, RequestDocument>(), new ConcurrentDictionary<RequestId, SignatureStatus>());
        var answered = Channel.CreateUnbounded<bool>();
        for (var round = 0; round < Rounds; round++)
        {
            var running = Enumerable.Range(0, AtOnce).Select(_ => SignUntilCutOffAsync()).ToList();

            // The kill falls wherever the others happen to be once some have been answered.
            for (var seen = 0; seen < 10 + (round * 3); seen++) await answered.Reader.ReadAsync(Cancellation);
            await grid.Silo.KillAsync();
            await Task.WhenAll(running);
            await grid.StartSiloAsync(Cancellation);
            foreach (var (id, signature) in told)
            {
                var now = (await grid.Client.GetRequestAsync(id, Cancellation)).Value;
                Assert.Equal(("done", signature.Session), (now.State, now.Signature!.Session));
                Assert.Equal(signature.Signature.ToArray(), now.Signature.Signature.ToArray());
                Assert.Null((await grid.Client.GetSessionAsync(signature.Session!.Value, Cancellation)).Refusal);
            }

            foreach (var (id, request) in requests.Where(one => !told.ContainsKey(one.Key)))
                told[id] = (await grid.Requests.ExecuteAsync(request, null, grid.Requests.Approve(request, 2), Cancellation)).EnsureDone().Signature!;
        }

        Assert.Equal(requests.Count, told.Count);
        Assert.Equal(told.Count, told.Values.Select(signature => Convert.ToHexString(signature.R.Span)).Distinct().Count());
        foreach (var (id, signature) in told)
            SignatureChecks.Verify(signature, ((SigningSubject.Digest)((SignRequest)requests[id].Request).Subject).Value);

        async Task SignUntilCutOffAsync()
        {
            using var client = grid.NewClient(retries: 0);
            while (true)
            {
                var digest = Hash256.Sha256(Guid.CreateVersion7().ToByteArray());
                var request = grid.Requests.Sign(key, DerivationPath.Parse("m/44/60/0/0/0").Value, new SigningSubject.Digest(digest), "a payment");
                requests[request.Request.Id] = request;
                var outcome = await client.ExecuteApprovedAsync(
                    new RequestSubmission(request.Utf8),
                    [.. grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature))],
                    Cancellation);
                if (!outcome.Is(out var status, out var refusal))
                {
                    Assert.True(refusal.Code.IsRetriable(), refusal.ToString());
                    return;
                }

                told[request.Request.Id] = status.Signature!;
                answered.Writer.TryWrite(true);
            }
        }
    }
}
