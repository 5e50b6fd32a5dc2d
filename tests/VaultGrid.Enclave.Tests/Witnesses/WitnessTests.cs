namespace VaultGrid.Enclave.Tests;

/// <summary>The witness rule (protocols §2, rollback): steps take effect when others have recorded them, starts are completed by them, and what goes unseen.</summary>
public sealed class WitnessTests
{
    [Fact]
    public async Task A_step_takes_effect_when_others_have_recorded_it_and_is_answered_then()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        cluster.Port(0).Carries = false;
        var before = await cluster.Nodes[0].StatusAsync();
        var policy = cluster.Grid.KeyPolicy();
        var create = cluster.Grid.Approved(cluster.Grid.CreateKey(policy), policy.ToUtf8());
        Assert.Equal(RefusalCode.WitnessPending, (await cluster.Nodes[0].TryAsync(create)).Refusal?.Code);

        // It is stored, and nobody sees it; no other step is taken meanwhile.
        Statuses.Same(before, await cluster.Nodes[0].StatusAsync());
        Assert.Equal(RefusalCode.WitnessPending, (await cluster.Nodes[0].TryAsync(new WrapKeyCall(KeyId.Parse("other")))).Refusal?.Code);
        Assert.DoesNotContain(await AuditFiles.ReadAsync(cluster.Nodes[0]), entry => entry.Action == "create-key");

        cluster.Port(0).Carries = true;
        Assert.IsType<Performed.KeyCreated>(await cluster.Nodes[0].AskAsync(create));
        Assert.Single((await cluster.Nodes[0].StatusAsync()).Keys);
        Assert.Contains(await AuditFiles.ReadAsync(cluster.Nodes[0]), entry => entry is { Action: "create-key", Outcome: "done" });
    }

    [Fact]
    public async Task Signing_takes_no_step_and_waits_for_nobody()
    {
        using var cluster = new WitnessCluster(2);
        await cluster.FormAsync();
        var (key, policy) = await cluster.Nodes[0].CreateKeyAsync();
        cluster.Stop(1);
        for (var i = 0; i < 3; i++) await cluster.Nodes[0].AskAsync(cluster.Grid.Approved(cluster.Grid.Sign(key, policy)));

        // A step does, and is refused until the other is back.
        var next = cluster.Grid.KeyPolicy(after: policy);
        var change = cluster.Grid.Approved(cluster.Grid.ChangePolicy(key, policy, next), next.ToUtf8());
        Assert.Equal(RefusalCode.WitnessPending, (await cluster.Nodes[0].TryAsync(change)).Refusal?.Code);
        await cluster.Nodes[0].AskAsync(cluster.Grid.Approved(cluster.Grid.Sign(key, policy)));
        Assert.Null(cluster.Start(1));
        await cluster.CarryAsync(1);
        Assert.IsType<Performed.Recorded>(await cluster.Nodes[0].AskAsync(change));
    }

    [Fact]
    public async Task A_started_node_is_held_until_r_others_have_said_what_they_hold()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        cluster.Stop(0);
        cluster.Stop(1);
        Assert.Null(cluster.Start(0));
        Assert.Equal(EnclavePhase.Held, (await cluster.Nodes[0].StatusAsync()).Phase);

        // (1, 2) for three nodes: one other is not enough.
        Assert.NotNull((await cluster.CarryAsync(0)).Request);
        Assert.Equal(EnclavePhase.Held, (await cluster.Nodes[0].StatusAsync()).Phase);
        Assert.Null(cluster.Start(1));
        await cluster.CarryAsync(0);
        Assert.Equal(EnclavePhase.Member, (await cluster.Nodes[0].StatusAsync()).Phase);
        await cluster.CarryAsync(1);
        Assert.Equal(EnclavePhase.Member, (await cluster.Nodes[1].StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_whole_cluster_comes_back_since_nodes_answer_before_their_own_start_is_complete()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        await cluster.Nodes[1].CreateKeyAsync();
        for (var i = 0; i < 3; i++) cluster.Stop(i);
        for (var i = 0; i < 3; i++) Assert.Null(cluster.Start(i));
        for (var i = 0; i < 3; i++) await cluster.CarryAsync(i);
        foreach (var node in cluster.Nodes) Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task One_node_that_was_rolled_back_is_held_and_comes_back_by_an_approved_restore()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        var (key, policy) = await cluster.Nodes[0].CreateKeyAsync();
        cluster.Stop(0);
        var old = cluster.Copy(0);
        Assert.Null(cluster.Start(0));
        await cluster.CarryAsync(0);
        var next = cluster.Grid.KeyPolicy(after: policy);
        await cluster.Nodes[0].AskAsync(cluster.Grid.Approved(cluster.Grid.ChangePolicy(key, policy, next), next.ToUtf8()));
        cluster.Stop(0);
        cluster.PutBack(0, old);

        Assert.Null(cluster.Start(0));
        await cluster.CarryAsync(0);
        await cluster.CarryAsync(0);
        var held = await cluster.Nodes[0].StatusAsync();
        Assert.Equal(EnclavePhase.Held, held.Phase);
        await cluster.Nodes[0].RefusesAsync(RefusalCode.PhaseRefused, cluster.Grid.Approved(cluster.Grid.Sign(key, policy)));
        Assert.Contains(await AuditFiles.ReadAsync(cluster.Nodes[0]), entry => entry.Action == "node.rolled-back");

        // The way back goes past the version that was lost, so that the old disk stays useless.
        await cluster.Nodes[0].AskAsync(cluster.Grid.Approved(cluster.Grid.Restore(1, held.VersionedPart)));
        var restored = await cluster.Nodes[0].StatusAsync();
        Assert.Equal(EnclavePhase.Member, restored.Phase);
        Assert.True(restored.StoreVersion > held.StoreVersion + 1);
        cluster.Stop(0);
        cluster.PutBack(0, old);
        Assert.Null(cluster.Start(0));
        await cluster.CarryAsync(0);
        Assert.Equal(EnclavePhase.Held, (await cluster.Nodes[0].StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_node_rolled_back_with_one_witness_of_three_is_seen_by_the_other()
    {
        using var cluster = new WitnessCluster(3);
        await RollBackAsync(cluster, 0, 1);
        Assert.Equal(EnclavePhase.Held, (await cluster.Nodes[0].StatusAsync()).Phase);
    }

    [Fact]
    public async Task A_node_rolled_back_with_all_of_its_witnesses_is_not_seen()
    {
        using var two = new WitnessCluster(2);
        await RollBackAsync(two, 0, 1);
        Assert.Equal(EnclavePhase.Member, (await two.Nodes[0].StatusAsync()).Phase);

        using var whole = new WitnessCluster(3);
        await RollBackAsync(whole, 0, 1, 2);
        foreach (var node in whole.Nodes) Assert.Equal(EnclavePhase.Member, (await node.StatusAsync()).Phase);
    }

    [Fact]
    public async Task Words_for_another_nonce_another_node_or_of_a_stranger_count_for_nothing()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        cluster.Port(0).Carries = false;
        var policy = cluster.Grid.KeyPolicy();
        await cluster.Nodes[0].TryAsync(cluster.Grid.Approved(cluster.Grid.CreateKey(policy), policy.ToUtf8()));
        var request = (await cluster.AskAsync(0, new WitnessesCall([]))).Request!;
        var word = await cluster.Nodes[1].AskAsync(new WitnessCall(request));
        var said = WitnessStatement.Parse(word.Statement.Span).Value;

        // A word for an earlier question, one that was changed, and the asker's own.
        var changed = said with { Nonce = Hash256.Sha256([1]) };
        await RefusedAsync(cluster, word with { Statement = changed.ToBytes() });
        await RefusedAsync(cluster, word with { Certificate = request.Certificate });
        await RefusedAsync(cluster, request);
        Assert.Equal(RefusalCode.NodeForeign, (await cluster.Nodes[0].TryAsync(new WitnessCall(request))).Refusal?.Code);
        Assert.Equal(RefusalCode.NodeForeign, (await cluster.Nodes[1].TryAsync(new WitnessCall(request with { Signature = word.Signature }))).Refusal?.Code);
        Assert.Null((await cluster.AskAsync(0, new WitnessesCall([word]))).Request);
    }

    [Fact]
    public async Task What_a_witness_has_recorded_survives_its_restart_and_is_never_lowered()
    {
        using var cluster = new WitnessCluster(2);
        await cluster.FormAsync();
        cluster.Port(0).Carries = false;
        await cluster.Nodes[0].TryAsync(new WrapKeyCall(KeyId.Parse("one")));
        var first = (await cluster.AskAsync(0, new WitnessesCall([]))).Request!;
        await cluster.CarryAsync(0);
        await cluster.Nodes[0].TryAsync(new WrapKeyCall(KeyId.Parse("two")));
        var second = (await cluster.AskAsync(0, new WitnessesCall([]))).Request!;
        await cluster.CarryAsync(0);
        cluster.Stop(1);
        Assert.Null(cluster.Start(1));

        // Held itself, it answers all the same; an older version is not recorded over a newer.
        var (older, newer) = (WitnessRequest.Parse(first.Statement.Span).Value, WitnessRequest.Parse(second.Statement.Span).Value);
        var said = WitnessStatement.Parse((await cluster.Nodes[1].AskAsync(new WitnessCall(first))).Statement.Span).Value;
        Assert.Equal((newer.Version, newer.Part, older.Nonce), (said.Version, said.Part, said.Nonce));
    }

    [Fact]
    public async Task A_Trust_that_comes_with_a_Domain_counts_when_others_have_recorded_it_and_the_same_call_is_answered_then()
    {
        using var cluster = new WitnessCluster(3);
        await cluster.FormAsync();
        using var grid = new DomainGrid(cluster);
        var trust = await grid.FirstAsync(1, 2, 3);
        var domain = await grid.CreateAsync(1, trust);
        var (header, fileKey) = await grid.EncryptAsync(1, domain);

        // The second node learns the Trust from the Domain alone, a step that nobody has seen yet.
        cluster.Port(1).Carries = false;
        var call = grid.Decrypting(domain, header);
        await grid[2].RefusesAsync(RefusalCode.WitnessPending, call.Use(domain));
        await grid[2].RefusesAsync(RefusalCode.WitnessPending, call.Use(domain));

        cluster.Port(1).Carries = true;
        Assert.Equal(fileKey, call.Open((await grid[2].AskAsync(call.Use(domain))).Result.Span));
        await grid[2].RefusesAsync(RefusalCode.CallReplayed, call.Use(domain));
    }

    [Fact]
    public async Task A_membership_change_is_witnessed_under_the_old_and_the_new_record()
    {
        using var cluster = new WitnessCluster(3);
        foreach (var node in cluster.Nodes) await node.CertifyAsync();
        var first = TestGrid.Membership([1, 2]);
        var change = cluster.Grid.Approved(cluster.Grid.ChangeMembership(first), first.ToUtf8());
        await cluster.Nodes[0].AskAsync(change);
        await cluster.Nodes[1].AskAsync(change);

        var second = TestGrid.Membership([1, 3], first);
        cluster.Stop(1);
        var next = cluster.Grid.Approved(cluster.Grid.ChangeMembership(second, first.Hash()), second.ToUtf8());
        Assert.Equal(RefusalCode.WitnessPending, (await cluster.Nodes[0].TryAsync(next)).Refusal?.Code);
        Assert.Null(cluster.Start(1));
        await cluster.Nodes[0].AskAsync(next);
        Assert.Equal(2ul, (await cluster.Nodes[0].StatusAsync()).MembershipNumber);
    }

    private static async Task RefusedAsync(WitnessCluster cluster, SignedStatement word) =>
        Assert.NotNull((await cluster.AskAsync(0, new WitnessesCall([word]))).Request);

    // Disks of an earlier day are put back for these nodes, after node 1 has taken a step since.
    private static async Task RollBackAsync(WitnessCluster cluster, params int[] nodes)
    {
        await cluster.FormAsync();
        var all = Enumerable.Range(0, cluster.Nodes.Count).ToList();
        foreach (var node in all) cluster.Stop(node);
        var disks = nodes.ToDictionary(node => node, cluster.Copy);
        foreach (var node in all) Assert.Null(cluster.Start(node));
        foreach (var node in all) await cluster.CarryAsync(node);
        await cluster.Nodes[0].CreateKeyAsync();
        foreach (var node in all) cluster.Stop(node);
        foreach (var node in nodes) cluster.PutBack(node, disks[node]);
        foreach (var node in all) Assert.Null(cluster.Start(node));
        foreach (var node in all) await cluster.CarryAsync(node);
        foreach (var node in all) await cluster.CarryAsync(node);
    }
}
