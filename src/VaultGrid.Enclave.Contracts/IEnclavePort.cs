using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Something that carries calls to one enclave and its answers back: a socket, or a grain that holds one.</summary>
public interface IEnclavePort
{
    /// <summary>Carries one call.</summary>
    /// <param name="kind">The call's number.</param>
    /// <param name="body">The call's body.</param>
    /// <param name="cancellationToken">Gives up waiting; the enclave may still act on the call.</param>
    /// <returns>The answer's body, or the enclave's refusal; <c>enclave.detached</c> where it could not be reached.</returns>
    Task<Outcome<ReadOnlyMemory<byte>>> CallAsync(EnclaveCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <summary>The typed door over an <see cref="IEnclavePort"/>.</summary>
public static class EnclavePortExtensions
{
    // A request with two approvals and their certificates has some 2 KiB.
    private const int UsualCall = 4096;

    /// <summary>Asks the enclave and reads its answer.</summary>
    public static async Task<Outcome<TAnswer>> AskAsync<TAnswer>(
        this IEnclavePort port, EnclaveCall<TAnswer> call, CancellationToken cancellationToken)
        where TAnswer : notnull
    {
        ArgumentNullException.ThrowIfNull(port);
        ArgumentNullException.ThrowIfNull(call);
        var writer = new WireWriter(UsualCall);
        call.Write(writer);
        var outcome = await port.CallAsync(call.Kind, writer.ToArray(), cancellationToken).ConfigureAwait(false);
        return outcome.Is(out var body, out var refusal) ? Read(call, body) : refusal;
    }

    private static Outcome<TAnswer> Read<TAnswer>(EnclaveCall<TAnswer> call, ReadOnlyMemory<byte> body)
        where TAnswer : notnull
    {
        var reader = new WireReader(body.Span);
        var answer = call.ReadAnswer(ref reader);
        return reader.AtEnd || reader.End($"the enclave's answer to {call.Kind}", out var refusal, RefusalCode.EnclaveFault) ? answer : refusal;
    }
}
