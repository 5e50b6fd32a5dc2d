using System.Collections.Concurrent;
using System.Threading.Channels;
using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Ceremonies;

/// <summary>A silo process that is killed in the middle of its work: nothing that was acknowledged is lost, and what was not can be repeated.</summary>
public sealed class CrashTests
{
    private const int Rounds = 3;
    private const int AtOnce = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_silo_loses_no_acknowledged_approval_and_no_result()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { Nodes = 2 }, KeyId.Parse("treasury"), TimeProvider.System, Cancellation);
        var key = (await grid.Client.GetKeyAsync(new ClusterId(1), KeyId.Parse("treasury"), Cancellation)).Value;
        var work = new Work(grid, key);
        for (var round = 0; round < Rounds; round++)
        {
            var acknowledged = work.Acknowledged;
            var running = Enumerable.Range(0, AtOnce).Select(_ => work.RunUntilCutOffAsync()).ToList();

            // The kill falls wherever the twelve happen to be once some have been answered.
            await work.UntilAcknowledgedAsync(acknowledged + 20 + (round * 7), Cancellation);
            await grid.Silo.KillAsync();
            await Task.WhenAll(running);
            await grid.StartSiloAsync(Cancellation);
            await work.CheckAsync();
        }

        var counted = (await grid.Client.GetKeyAsync(new ClusterId(1), key.KeyId, Cancellation)).Value;
        Assert.Equal(work.Signed, counted.Signatures);
    }

    private sealed class Work(LocalVaultGrid grid, KeyStatus key)
    {
        private readonly ConcurrentDictionary<RequestId, (RequestDocument Request, RequestStatus? Known)> _all = new();
        private readonly Channel<bool> _answered = Channel.CreateUnbounded<bool>();
        private int _acknowledged;

        public int Acknowledged => _acknowledged;

        public int Signed => _all.Count;

        public async Task UntilAcknowledgedAsync(int count, CancellationToken cancellationToken)
        {
            while (_acknowledged < count) await _answered.Reader.ReadAsync(cancellationToken);
        }

        /// <summary>Files, approves twice and executes, one request after the other, until the silo does not answer any more.</summary>
        public async Task RunUntilCutOffAsync()
        {
            using var client = grid.NewClient(retries: 0);
            while (true)
            {
                var path = DerivationPath.Parse("m/44'/60'/0'/0/0").Value;
                var request = grid.Requests.Sign(key, path, new SigningSubject.Digest(Hash256.Sha256(Guid.CreateVersion7().ToByteArray())), "a payment");
                var id = request.Request.Id;
                _all[id] = (request, null);
                if (!Note(request, await client.SubmitAsync(new RequestSubmission(request.Utf8), Cancellation))) return;
                foreach (var approval in grid.Requests.Approve(request, 2))
                {
                    if (!Note(request, await client.ApproveAsync(id, new RequestApproval(approval.Certificate, approval.Signature), Cancellation))) return;
                }

                if (!Note(request, await client.ExecuteAsync(id, Cancellation))) return;
            }
        }

        /// <summary>Everything acknowledged is there, in the history too; everything else goes through when it is repeated.</summary>
        public async Task CheckAsync()
        {
            foreach (var (id, (_, known)) in _all)
            {
                if (known is null) continue;
                var now = (await grid.Client.GetRequestAsync(id, Cancellation)).Value;
                Assert.True(now.Approvals >= known.Approvals, $"{id} had {known.Approvals} approvals and has {now.Approvals}");
                if (known.State != "done") continue;
                Assert.Equal("done", now.State);
                Assert.Equal(known.Signature!.Signature.ToArray(), now.Signature!.Signature.ToArray());
            }

            foreach (var (id, (request, known)) in _all.Where(entry => entry.Value.Known is not { State: "done" }))
            {
                var repeated = await grid.Requests.ExecuteAsync(request, null, grid.Requests.Approve(request, 2), Cancellation);
                _all[id] = (request, repeated.EnsureDone());
            }

            var listed = new Dictionary<RequestId, string>();
            var query = new RequestQuery { Limit = PageQuery.LimitMax };
            do
            {
                var page = (await grid.Client.ListRequestsAsync(query, Cancellation)).Value;
                foreach (var item in page.Items) listed.Add(item.RequestId, item.State);
                query = query with { After = page.Next };
            }
            while (query.After is not null);
            Assert.All(_all.Keys, id => Assert.Equal("done", listed[id]));
        }

        private bool Note(RequestDocument request, Outcome<RequestStatus> outcome)
        {
            if (!outcome.Is(out var status, out var refusal))
            {
                Assert.True(refusal.Code.IsRetriable(), refusal.ToString());
                return false;
            }

            _all[request.Request.Id] = (request, status);
            Interlocked.Increment(ref _acknowledged);
            _answered.Writer.TryWrite(true);
            return true;
        }
    }
}
