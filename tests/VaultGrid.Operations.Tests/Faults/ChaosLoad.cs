namespace VaultGrid.Operations.Tests.Faults;

/// <summary>Callers who sign, approve step by step, make keys and change a policy, all at once, each until a fault cuts it off.</summary>
internal sealed class ChaosLoad(LocalVaultGrid grid, KeyStatus treasury, KeyId ledger, Acknowledged acknowledged)
{
    private const int Signers = 5;

    private static readonly ClusterId Cluster = new(1);
    private int _keys;
    private KeyPolicy? _policy;
    private Hash256 _ledger;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs every caller until it is cut off; whatever it is told then has to be worth trying again.</summary>
    public Task RunAsync() => Task.WhenAll(
        [.. Enumerable.Range(0, Signers).Select(_ => Until(SignAsync)), Until(ApproveInStepsAsync), Until(MakeKeyAsync), Until(ChangePolicyAsync)]);

    /// <summary>Asks again for everything that was never answered: the same bytes, so it is done once.</summary>
    public async Task RepeatAsync()
    {
        await Parallel.ForEachAsync(acknowledged.Requests.Where(each => each.Value.Known is not { State: "done" }), Token, async (open, _) =>
        {
            var (request, document, known) = open.Value;
            var outcome = await grid.Requests.ExecuteAsync(request, document, grid.Requests.Approve(request, 2), Token);
            Assert.True(outcome.Refusal is null, $"{request.Request.Purpose}, asked again after {known?.State ?? "no answer"}: {outcome.Refusal}");
            Assert.Equal("done", outcome.Value.State);
            acknowledged.Said(request, document, outcome.Value);
        });

        _policy = null;
    }

    private static async Task Until(Func<VaultGridClient, Task<Refusal?>> step, LocalVaultGrid grid)
    {
        using var client = grid.NewClient(retries: 0);
        while (true)
        {
            if (await step(client) is not { } refusal) continue;
            Assert.True(refusal.Code.IsRetriable(), $"a caller was told {refusal}");
            return;
        }
    }

    private Task Until(Func<VaultGridClient, Task<Refusal?>> step) => Until(step, grid);

    private RequestDocument Payment() => grid.Requests.Sign(
        treasury, DerivationPath.Parse("m/84'/0'/0'/0/0").Value, new SigningSubject.Digest(Hash256.Sha256(Guid.CreateVersion7().ToByteArray())), "a payment");

    private Task<Refusal?> SignAsync(VaultGridClient client) => ExecuteAsync(client, Payment(), null);

    private async Task<Refusal?> ApproveInStepsAsync(VaultGridClient client)
    {
        var request = Payment();
        acknowledged.Asked(request, null);
        var outcome = await client.SubmitAsync(new RequestSubmission(request.Utf8), Token);
        foreach (var approval in grid.Requests.Approve(request, 2))
        {
            if (!outcome.Is(out var filed, out var refusal)) return refusal;
            acknowledged.Said(request, null, filed);
            outcome = await client.ApproveAsync(request.Request.Id, new RequestApproval(approval.Certificate, approval.Signature), Token);
        }

        if (!outcome.Is(out var approved, out var missing)) return missing;
        acknowledged.Said(request, null, approved);
        outcome = await client.ExecuteAsync(request.Request.Id, Token);
        if (!outcome.Is(out var done, out var lost)) return lost;
        acknowledged.Said(request, null, done);
        return null;
    }

    private Task<Refusal?> MakeKeyAsync(VaultGridClient client)
    {
        var number = Interlocked.Increment(ref _keys);
        var policy = grid.DefaultPolicy(KeyId.Parse($"k{number}"));
        return ExecuteAsync(client, grid.Requests.NewKey(new NodeId(Cluster, (uint)(1 + (number % grid.Nodes.Count))), policy), policy.ToUtf8());
    }

    private async Task<Refusal?> ChangePolicyAsync(VaultGridClient client)
    {
        if (_policy is null)
        {
            if (!(await client.GetKeyAsync(Cluster, ledger, Token)).Is(out var key, out var unknown)) return unknown;
            (_policy, _ledger) = (KeyPolicy.Parse(key.PolicyDocument.Span).Value, key.Key);
        }

        var next = _policy with { Number = _policy.Number + 1, Predecessor = _policy.Hash() };
        var request = RequestDocument.Of(new ChangePolicyRequest
        {
            Id = LocalRequests.NewId(),
            Cluster = Cluster,
            Policy = _policy.Hash(),
            Revocations = grid.Requests.Revocations,
            Expires = grid.Requests.Expires,
            Purpose = $"policy {next.Number} of {ledger}",
            Key = _ledger,
            NextPolicy = next.Hash(),
            Replaces = _policy.Hash(),
        });
        if (await ExecuteAsync(client, request, next.ToUtf8()) is { } refusal) return refusal;
        _policy = next;
        return null;
    }

    private async Task<Refusal?> ExecuteAsync(VaultGridClient client, RequestDocument request, byte[]? document)
    {
        acknowledged.Asked(request, document);
        var approvals = grid.Requests.Approve(request, 2).Select(approval => new RequestApproval(approval.Certificate, approval.Signature)).ToList();
        var submission = new RequestSubmission(request.Utf8, document is null ? default(ReadOnlyMemory<byte>?) : document);
        var outcome = await client.ExecuteApprovedAsync(submission, approvals, Token);
        if (!outcome.Is(out var status, out var refusal)) return refusal;
        acknowledged.Said(request, document, status);
        return null;
    }
}
