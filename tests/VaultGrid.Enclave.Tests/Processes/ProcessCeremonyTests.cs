namespace VaultGrid.Enclave.Tests;

/// <summary>The whole ceremony over real sockets with real processes.</summary>
public sealed class ProcessCeremonyTests(ProcessGrid grid) : IClassFixture<ProcessGrid>
{
    [Fact]
    public async Task Any_member_signs_after_it_got_the_key_and_all_sign_for_one_account()
    {
        await grid.Three.CopyKeyAsync(grid.Two);
        var call = grid.Grid.Approved(grid.Grid.Sign(grid.Key, grid.Policy));
        var signed = new List<EcdsaAnswer>();
        foreach (var node in new[] { grid.One, grid.Two, grid.Three }) signed.Add(Assert.IsType<Performed.Signed>(await node.AskAsync(call)).Signature);

        Assert.Single(signed.Select(answer => Hex.Encode(answer.PublicKey.Span)).Distinct());
        Assert.All(signed, answer => Assert.True(PublicKey.Parse(answer.PublicKey.Span).Value.Verify(
            answer.Digest.AsSpan(), EcdsaSignature.FromCompact([.. answer.R.Span, .. answer.S.Span]).Value)));

        // Fresh entropy in every nonce: the same statement, never the same nonce.
        Assert.Equal(3, signed.Select(answer => Hex.Encode(answer.R.Span)).Distinct().Count());
    }

    [Fact]
    public async Task A_killed_member_comes_back_with_its_key_and_the_same_state()
    {
        var before = await grid.Two.StatusAsync();
        await grid.Processes[1].KillAsync();
        await grid.Processes[1].StartAsync();
        Statuses.Same(before, await grid.Two.StatusAsync());
        Assert.IsType<Performed.Signed>(await grid.Two.AskAsync(grid.Grid.Approved(grid.Grid.Sign(grid.Key, grid.Policy))));
    }

    [Fact]
    public async Task Signatures_go_on_while_policies_change_and_none_is_made_under_a_replaced_one()
    {
        var (key, policy) = await grid.One.CreateKeyAsync("busy");
        var next = grid.Grid.KeyPolicy("busy", policy);
        var change = grid.Grid.Approved(grid.Grid.ChangePolicy(key, policy, next), next.ToUtf8());
        var calls = Enumerable.Range(0, 200).Select(i => grid.Grid.Approved(grid.Grid.Sign(key, policy, path: $"m/44'/60'/0'/0/{i}"))).ToArray();

        var signing = calls[..100].Select(call => grid.One.TryAsync(call)).ToArray();
        await grid.One.AskAsync(change);
        Assert.All(await Task.WhenAll(calls[100..].Select(call => grid.One.TryAsync(call))), outcome => Assert.Equal(RefusalCode.PolicySuperseded, outcome.Refusal?.Code));
        Assert.All(await Task.WhenAll(signing), outcome => Assert.True(outcome.Refusal is null or { Code: RefusalCode.PolicySuperseded }));
    }
}
