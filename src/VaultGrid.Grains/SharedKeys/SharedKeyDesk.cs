using Microsoft.Extensions.Options;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>What signing sessions, evaluations and ceremonies of shared keys need besides the key itself; one for the silo.</summary>
internal sealed class SharedKeyDesk(SessionKeyBook keys, AuthoritiesView authorities, TimeProvider time, IOptions<GridGrainOptions> options, SharedKeyInstruments instruments)
{
    public SessionKeyBook Keys => keys;

    public AuthoritiesView Authorities => authorities;

    public TimeProvider Time => time;

    public SharedKeyOptions Options => options.Value.SharedKeys;

    public SharedKeyInstruments Instruments => instruments;

    /// <summary>Asks a node's enclave; one that does not answer in time is <c>enclave.detached</c>.</summary>
    public async Task<Outcome<T>> AskAsync<T>(IGrainFactory grains, NodeId node, EnclaveCall<T> call, CancellationToken cancellationToken)
        where T : notnull
    {
        using var silent = new CancellationTokenSource(Options.StepTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
        try
        {
            return await grains.Enclave(node).AskAsync(call, either.Token);
        }
        catch (OperationCanceledException)
        {
            return new Refusal(RefusalCode.EnclaveDetached, $"node {node} did not answer in time");
        }
    }

    /// <summary>A node's session key of this hour.</summary>
    public async Task<Outcome<SignedStatement>> SessionKeyAsync(IGrainFactory grains, NodeId node, CancellationToken cancellationToken)
    {
        using var silent = new CancellationTokenSource(Options.StepTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silent.Token, cancellationToken);
        try
        {
            return await keys.GetAsync(node, grains.Enclave(node), either.Token);
        }
        catch (OperationCanceledException)
        {
            return new Refusal(RefusalCode.EnclaveDetached, $"node {node} did not tell its session key in time");
        }
    }
}
