namespace VaultGrid.Grains;

/// <summary>The boundary of one enclave as a grain (key <c>cluster/node</c>): carries calls to the socket of the silo that it is attached to.</summary>
[Alias("vg.enclave.v1")]
public interface IEnclaveGrain : IGrainWithStringKey
{
    /// <summary>Carries one call; <c>enclave.detached</c> where it does not answer, <c>enclave.busy</c> where too many calls wait.</summary>
    [Alias("call")]
    Task<Answer<EnclaveReply>> CallAsync(EnclaveMessage message, CancellationToken cancellationToken);
}
