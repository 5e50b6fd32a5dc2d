namespace VaultGrid.Enclave.Tests;

/// <summary>An enclave behind a courier that carries what it and its witnesses say to each other, as a silo does; it may be told not to.</summary>
internal sealed class CourierPort(WitnessCluster cluster, int index) : IEnclavePort
{
    /// <summary>False: nothing is carried.</summary>
    public bool Carries { get; set; } = true;

    public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var hash = WitnessNeed.CallHash(kind, body.Span);
        while (true)
        {
            var outcome = cluster.Core(index).Handle(kind, body.Span);
            if (!Carries || outcome.Refusal is not { Code: RefusalCode.WitnessPending }) return outcome;
            var need = await cluster.CarryAsync(index);
            if (need.Call == hash && !need.Answer.IsEmpty) return need.Answer;
            if (need.Request is not null) return outcome;
        }
    }
}
