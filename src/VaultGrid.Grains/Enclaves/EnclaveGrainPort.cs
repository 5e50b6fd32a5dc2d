using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.Enclaves;

/// <summary>The typed door to an enclave, wherever in the grid it is attached.</summary>
internal sealed class EnclaveGrainPort(IEnclaveGrain grain, NodeId node) : IEnclavePort
{
    public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await grain.CallAsync(new EnclaveMessage((byte)kind, body), cancellationToken);
            return answer.ToOutcome().Is(out var reply, out var refusal) ? reply.Body : refusal;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // No silo has it, or the one that had it just died: the same to the caller as a socket that nobody answers.
            return new Refusal(RefusalCode.EnclaveDetached, $"no silo reaches node {node}");
        }
    }
}

internal static class EnclaveDoors
{
    public static EnclaveGrainPort Enclave(this IGrainFactory grains, NodeId node) => new(grains.GetGrain<IEnclaveGrain>(node.ToString()), node);
}
