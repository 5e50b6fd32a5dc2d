namespace VaultGrid.Grains;

/// <summary>A call to an enclave, unopened.</summary>
/// <param name="Kind">The call's number on the wire.</param>
/// <param name="Body">Its body.</param>
[GenerateSerializer, Immutable, Alias("vg.enclave.message.v1")]
public sealed record EnclaveMessage([property: Id(0)] byte Kind, [property: Id(1)] ReadOnlyMemory<byte> Body);

/// <summary>An enclave's answer, unopened.</summary>
/// <param name="Body">Its body.</param>
[GenerateSerializer, Immutable, Alias("vg.enclave.reply.v1")]
public sealed partial record EnclaveReply([property: Id(0)] ReadOnlyMemory<byte> Body);
