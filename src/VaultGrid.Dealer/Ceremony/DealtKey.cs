using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Dealing;

/// <summary>What is left of a ceremony: public and sealed things only.</summary>
/// <param name="Statement">What is published about the key.</param>
/// <param name="Package">Policy, manifest and every cluster's sealed part.</param>
public sealed record DealtKey(DealStatement Statement, DealPackage Package)
{
    /// <summary>The hash that administrators approve.</summary>
    public Hash256 Manifest => DealManifest.HashOf(Package.Manifest.Span);

    /// <summary>The hash of the key's birth record, by which requests will name it.</summary>
    /// <param name="request">The request that it is imported by.</param>
    public Hash256 KeyIn(RequestDocument request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var deal = (DealKeyRequest)request.Request;
        return new BirthRecord
        {
            KeyId = deal.KeyId,
            Kind = deal.Kind,
            Fingerprint = BirthRecord.FingerprintOf(Statement.PublicKey.Compressed, Statement.ChainCode),
            Policy = deal.FirstPolicy,
            Request = request.Hash,
        }.Hash();
    }
}
