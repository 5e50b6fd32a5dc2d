namespace VaultGrid.Grains.Sessions;

/// <summary>What an order's session is to come to. It is worked out while the participants are at work, so that their result has to wait for its check alone.</summary>
internal interface IExpectedResult
{
    /// <summary>Reads what the participants made; it is verified under the key that the grid knows.</summary>
    /// <param name="result">What the protocol told the coordinator.</param>
    /// <returns>The signature, but for who made it; or <c>enclave.fault</c>: it does not verify.</returns>
    Outcome<SignatureReport> Read(ReadOnlySpan<byte> result);
}
