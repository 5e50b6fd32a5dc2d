using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Asks an HSM to seal a Trust that its operators have signed. The enclave checks everything itself (<see cref="TrustVerifier.CheckBeforeSeal"/>), takes the Trust as its
/// newest of the chain, durably, and only then lets the seal go: so it seals one successor of each Trust. The same Trust again is sealed again.
/// </summary>
/// <remarks>
/// A Bootstrap Trust and its successor aren't sealed by this call but by an approved <c>bootstrap-trust</c> (<see cref="PerformCall"/>, whose document is the Trust as here).
/// Refused, changing nothing: as <see cref="LearnTrustsCall"/>; <c>trust.unknown</c> (the predecessor is neither known nor given), <c>state.conflict</c> (another successor of
/// that Trust was taken), <c>trust.superseded</c> (it follows a Trust that isn't the newest), <c>trust.quorum</c>, <c>trust.signature</c>, <c>trust.stranger</c>, <c>trust.bootstrap</c>,
/// <c>trust.retired</c> (it names a wrap key whose retirement is given), <c>state.conflict</c> (it names another wrap key of this enclave than <see cref="ChainKeyCall"/> gave), <c>certificate.*</c>.
/// </remarks>
/// <param name="Trust">The Trust with its operators' signatures (<see cref="Trust.ToBytes"/>); a seal that it has is ignored.</param>
/// <param name="Before">Trusts before it that the enclave may not know, in order; may be empty.</param>
/// <param name="Retirements">Retirements from the chain that are known (<see cref="Retirement.ToBytes"/>).</param>
public sealed record SealTrustCall(
    ReadOnlyMemory<byte> Trust, IReadOnlyList<ReadOnlyMemory<byte>> Before, IReadOnlyList<ReadOnlyMemory<byte>> Retirements) : EnclaveCall<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.SealTrust;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Trust.Span).List(Before, (to, trust) => to.Bytes(trust.Span)).List(Retirements, (to, retirement) => to.Bytes(retirement.Span));
    }

    /// <summary>The Trust with the seal.</summary>
    public override ReadOnlyMemory<byte> ReadAnswer(ref WireReader reader) => reader.Memory(Model.Trust.ByteLimit);

    /// <summary>Reads the call's body.</summary>
    public static SealTrustCall Read(ref WireReader reader) => new(
        reader.Memory(Model.Trust.ByteLimit),
        reader.List(EnclaveLimits.Records, (ref WireReader from) => from.Memory(Model.Trust.ByteLimit)),
        reader.List(EnclaveLimits.Chains, (ref WireReader from) => from.Memory(EnclaveLimits.Statement)));
}
