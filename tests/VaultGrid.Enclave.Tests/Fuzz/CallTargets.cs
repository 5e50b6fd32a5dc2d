namespace VaultGrid.Enclave.Tests.Fuzz;

/// <summary>A whole enclave behind its calls: whatever comes, it answers or refuses, has no fault of its own, and a refusal changes nothing.</summary>
internal sealed class CallTargets : IDisposable
{
    private readonly TestGrid _grid = new(DateTimeOffset.UtcNow.AddDays(-1));
    private TestStore _member = null!;
    private TestStore _fresh = null!;

    /// <summary>A target for every call.</summary>
    public async Task<IReadOnlyList<FuzzTarget>> AllAsync()
    {
        await StartMemberAsync();
        StartFresh();
        return [.. Enum.GetValues<EnclaveCallKind>().Select(kind => new FuzzTarget($"call.{kind}", body => Run(kind, body)))];
    }

    public void Dispose()
    {
        _member?.Dispose();
        _fresh?.Dispose();
    }

    private async Task StartMemberAsync()
    {
        _member?.Dispose();
        _member = new TestStore();
        var node = _member.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1, 2]));
        _ = await node.CreateKeyAsync();
    }

    private void StartFresh()
    {
        _fresh?.Dispose();
        _fresh = new TestStore();
        _ = _fresh.Start(_grid);
    }

    private string Run(EnclaveCallKind kind, byte[] body)
    {
        var core = kind == EnclaveCallKind.Provision ? _fresh.Core! : _member.Core!;
        var before = State(core);
        var outcome = core.Handle(kind, body);
        var changed = State(core) != before;
        if (outcome.Is(out _, out var refusal))
        {
            // A mutation that is still a good call may take effect; the next one finds an enclave as at first.
            if (changed && kind == EnclaveCallKind.Provision) StartFresh();
            else if (changed) StartMemberAsync().GetAwaiter().GetResult();
            return "answered";
        }

        if (refusal.Code == RefusalCode.EnclaveFault) throw new DefectException($"the enclave had a fault: {refusal.Detail}");
        if (changed) throw new DefectException($"refused with {refusal.Code}, and yet the store changed");
        return $"{refusal.Code}: {refusal.Detail}";
    }

    private static Hash256 State(EnclaveCore core)
    {
        var reader = new WireReader(core.Handle(EnclaveCallKind.Status, []).Value.Span);
        return EnclaveStatus.Read(ref reader).VersionedPart;
    }
}
