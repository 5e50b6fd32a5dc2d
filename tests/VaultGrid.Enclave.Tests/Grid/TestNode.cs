namespace VaultGrid.Enclave.Tests;

/// <summary>One enclave as a silo sees it: a port, over the real socket or in process.</summary>
internal sealed class TestNode(TestGrid grid, NodeId id, IEnclavePort port)
{
    public NodeId Id => id;

    public IEnclavePort Port => port;

    public TestGrid Grid => grid;

    public Task<Outcome<TAnswer>> TryAsync<TAnswer>(EnclaveCall<TAnswer> call)
        where TAnswer : notnull => port.AskAsync(call, TestContext.Current.CancellationToken);

    public async Task<TAnswer> AskAsync<TAnswer>(EnclaveCall<TAnswer> call)
        where TAnswer : notnull => (await TryAsync(call)).Value;

    public async Task<EnclaveStatus> StatusAsync() => await AskAsync(new StatusCall());

    public ProvisionCall Provisioning(DeviceKeyAlgorithm algorithm = DeviceKeyAlgorithm.P256) =>
        new(id, algorithm, grid.Root.Der, [grid.AdminPolicy.ToUtf8()]);

    /// <summary>Provisions, certifies and makes it a member.</summary>
    public async Task JoinClusterAsync(MembershipRecord membership, DeviceKeyAlgorithm algorithm = DeviceKeyAlgorithm.P256)
    {
        await CertifyAsync(algorithm);
        await AskAsync(grid.Approved(grid.ChangeMembership(membership, cluster: id.Cluster.Number), membership.ToUtf8()));
    }

    public async Task CertifyAsync(DeviceKeyAlgorithm algorithm = DeviceKeyAlgorithm.P256)
    {
        var answer = await AskAsync(Provisioning(algorithm));
        await AskAsync(new CertifyCall(grid.Device(answer.Request.Span).Der, grid.Bundle()));
    }

    /// <summary>Makes a key under its usual policy.</summary>
    public async Task<(Hash256 Key, KeyPolicy Policy)> CreateKeyAsync(string name = "treasury")
    {
        var policy = grid.KeyPolicy(name);
        var performed = await AskAsync(grid.Approved(grid.CreateKey(policy, id.Index, cluster: id.Cluster.Number), policy.ToUtf8()));
        var created = Assert.IsType<Performed.KeyCreated>(performed);
        return (BirthRecord.Parse(created.Evidence.Birth.Document.Span).Value.Hash(), policy);
    }

    /// <summary>Copies a key from another node to this one.</summary>
    public async Task<HeldKey> CopyKeyAsync(TestNode holder, string name = "treasury")
    {
        var join = await AskAsync(new JoinCall(KeyId.Parse(name)));
        var release = await holder.AskAsync(new ReleaseCall(join));
        return await AskAsync(new AcceptCall(release));
    }

    /// <summary>The call is refused with the code, and nothing has changed.</summary>
    public async Task RefusesAsync<TAnswer>(RefusalCode code, EnclaveCall<TAnswer> call)
        where TAnswer : notnull
    {
        var before = await StatusAsync();
        var outcome = await TryAsync(call);
        Assert.True(outcome.Refusal?.Code == code, $"expected {code.Name()}, got {outcome.Refusal?.ToString() ?? "an answer"}");
        Statuses.Same(before, await StatusAsync());
    }
}
