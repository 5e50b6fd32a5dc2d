using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Tests.Customers;

/// <summary>The silo's real attachments; the next answer to a status can be held back on its way.</summary>
internal sealed class HeldAnswers(IEnclaveAttachments inner) : IEnclaveAttachments
{
    private Hold? _hold;

    /// <summary>Holds the next status back, as it was when the enclave gave it.</summary>
    public Hold HoldNext() => _hold = new Hold();

    public IEnclavePort? Find(NodeId node) => inner.Find(node) is { } port ? new Port(this, port) : null;

    /// <summary>A status on its way.</summary>
    internal sealed class Hold
    {
        /// <summary>Completes once the enclave has answered.</summary>
        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completed by the test: the answer arrives.</summary>
        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Port(HeldAnswers owner, IEnclavePort inner) : IEnclavePort
    {
        public async Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        {
            var answer = await inner.CallAsync(kind, body, cancellationToken);
            if (kind == EnclaveCallKind.Status && Interlocked.Exchange(ref owner._hold, null) is { } hold)
            {
                hold.Answered.SetResult();
                await hold.Released.Task.WaitAsync(cancellationToken);
            }

            return answer;
        }
    }
}
